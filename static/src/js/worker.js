// The service worker: put in place, told who reads, updated when nothing half typed would be lost, taken away by the switch.
import { say } from './toasts.js'

async function gone() {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister()
  for (const name of await caches.keys()) await caches.delete(name)
}

// A form that was typed into and not sent keeps this page's release until it is.
function halfTyped() {
  return [...document.querySelectorAll('form[data-op]')].some((form) => 'typed' in form.dataset)
}

function waitingWorker(registration) {
  const next = registration.waiting
  if (!next || !navigator.serviceWorker.controller) return
  if (halfTyped()) return void say('release')
  next.postMessage({ type: 'take-over' })
}

export function attachWorker() {
  if (!('serviceWorker' in navigator)) return
  if (document.documentElement.dataset.offline === 'off') return void gone().catch(() => { /* none there */ })
  document.addEventListener('input', (event) => { const form = event.target.form; if (form) form.dataset.typed = '' })
  document.addEventListener('submit', (event) => { delete event.target.dataset.typed })
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-take-over]')) navigator.serviceWorker.getRegistration().then((one) => one?.waiting?.postMessage({ type: 'take-over' }))
  })
  const ready = async () => {
    const first = !navigator.serviceWorker.controller
    const registration = await navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' })
    waitingWorker(registration)
    // The page one is on came before the worker did: it is kept too.
    if (first) (await navigator.serviceWorker.ready).active.postMessage({ type: 'keep', address: location.href.split('#')[0] })
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', () => waitingWorker(registration))
    })
  }
  ready().catch(() => { /* no secure context, or no network: the page works without */ })
}
