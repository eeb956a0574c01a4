// The push address of this browser, and which companies it was given.
const KEPT = 'push'

export const company = () => location.pathname.match(/^\/c\/([^/]+)\//)?.[1]

export function kept() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? {} } catch { return {} }
}

export function keep(endpoint) {
  localStorage.setItem(KEPT, JSON.stringify({ ...kept(), [company()]: endpoint }))
}

export function forget(everywhere) {
  const { [company()]: _gone, ...others } = kept()
  if (everywhere || Object.keys(others).length === 0) localStorage.removeItem(KEPT)
  else localStorage.setItem(KEPT, JSON.stringify(others))
  if (everywhere) navigator.clearAppBadge?.().catch(() => {})
}

export async function pushManager() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  return registration?.pushManager
}

export function asFields(subscription) {
  const { endpoint, keys } = subscription.toJSON()
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth }
}
