// Notices and the page: going where one leads, saying that it was seen, and the number on the icon.
import { asFields, company, keep, kept, pushManager } from './subscription.js'
import { uuid7 } from './uuid7.js'

const ASKED = 'notices:asked'
const PAUSE = 60_000 // ms between two questions for what waits
const badge = { outbox: 0, unseen: 0 }

function count(what) {
  Object.assign(badge, what)
  navigator.setAppBadge?.(badge.outbox + badge.unseen).catch(() => {})
}

async function post(path, waiting, said) {
  const body = new URLSearchParams({ ...said, as: waiting.as, csrf_token: waiting.csrf_token, op_id: uuid7() })
  return fetch(`/c/${company()}/me/notices/${path}`, { method: 'POST', body, headers: { Op: 'now' } })
}

async function ask() {
  const answer = await fetch(`/c/${company()}/me/notices/waiting`, { headers: { Op: 'now' } }).catch(() => undefined)
  return answer?.ok && answer.headers.get('Content-Type')?.startsWith('application/json') ? answer.json() : undefined
}

// `opened`: the ids of a notice that led here. A push service may have given the browser another address meanwhile.
async function keepUp(opened) {
  const mine = kept()[company()]
  if (!opened && (!mine || Date.now() - Number(sessionStorage.getItem(ASKED)) < PAUSE)) return
  const waiting = await ask()
  if (!waiting) return
  sessionStorage.setItem(ASKED, Date.now())
  const seen = opened && (await post('seen', waiting, { ids: opened })).ok
  count({ unseen: Math.max(0, waiting.count - (seen ? opened.split(',').length : 0)) })
  const subscription = mine && await (await pushManager())?.getSubscription()
  if (!subscription || subscription.endpoint === mine) return
  if ((await post('browsers', waiting, { ...asFields(subscription), renewal: 'y' })).ok) keep(subscription.endpoint)
}

function opened() {
  const ids = location.hash.match(/^#told=([0-9a-f,-]+)$/)?.[1]
  if (ids) history.replaceState(history.state, '', location.pathname + location.search)
  return ids
}

function halfTyped() {
  return document.querySelector('form[data-op][data-typed]') !== null
}

// The worker asks whether this window may go where a notice leads; not while something is half typed.
function answer({ data, ports }) {
  if (!data?.open || !ports[0]) return
  ports[0].postMessage(halfTyped() ? 'busy' : 'going')
  if (halfTyped()) return
  const there = new URL(data.open, location)
  if (there.origin === location.origin) location.assign(there)
  if (there.pathname === location.pathname) keepUp(opened())
}

export function attachNotices() {
  document.addEventListener('outbox:changed', ({ detail }) => count({ outbox: detail?.waiting ?? 0 }))
  navigator.serviceWorker?.addEventListener('message', answer)
  navigator.serviceWorker?.startMessages?.()
  if (company()) keepUp(opened())
}
