// Push on this device, switched on and off. The page holds a part for each state of things; the script shows the one that fits.
import { whenShown, within } from './shown.js'
import { asFields, forget, keep, kept, pushManager } from './subscription.js'

const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))

async function state(box) {
  if (/MicroMessenger/i.test(navigator.userAgent)) return 'wechat'
  const push = await pushManager()
  if (!push || !('Notification' in window)) {
    return /iPhone|iPad/.test(navigator.userAgent) && !navigator.standalone ? 'ios' : 'none'
  }
  if (Notification.permission === 'denied') return 'denied'
  const subscription = await push.getSubscription()
  return subscription && subscription.endpoint === box.dataset.endpoint ? 'on' : 'off'
}

async function show(box, name) {
  const which = name ?? await state(box)
  for (const part of box.querySelectorAll('[data-push-state]')) part.hidden = part.dataset.pushState !== which
}

async function switchOn(box, form) {
  if (await Notification.requestPermission() !== 'granted') return show(box)
  const push = await pushManager()
  try {
    await (await push.getSubscription())?.unsubscribe() // another person's, left behind here, is not taken over
    const subscription = await push.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(box.dataset.key) })
    for (const [name, value] of Object.entries(asFields(subscription))) form.elements[name].value = value
    keep(subscription.endpoint)
    form.requestSubmit()
  } catch {
    show(box, 'failed')
  }
}

// Of this company alone; the browser's own subscription ends with the last of them, or when the person signs out.
export async function switchOff(everywhere = false) {
  forget(everywhere)
  if (Object.keys(kept()).length === 0) await (await (await pushManager())?.getSubscription())?.unsubscribe()
}

export function attachPush() {
  whenShown((root) => within(root, '[data-push]').forEach((box) => show(box)))
  document.addEventListener('click', (event) => {
    const form = event.target.closest('button')?.form
    if (form?.id !== 'push-on' || form.elements.endpoint.value) return
    event.preventDefault()
    switchOn(form.closest('[data-push]'), form)
  })
  document.addEventListener('submit', ({ target }) => {
    if (target.id === 'push-off') switchOff()
  })
  document.addEventListener('reader:leaving', () => switchOff(true))
}
