// The service worker: put in place, told who reads, updated when nothing half typed would be lost, taken away by the switch.
import { say } from './toasts.js'

const STILL = 500 // ms after a page was drawn
const LONGEST = 3_000

async function gone() {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister()
  for (const name of await caches.keys()) await caches.delete(name)
}

// A form that was typed into and not sent keeps this page's release until it is.
function halfTyped() {
  return [...document.querySelectorAll('form[data-op]')].some((form) => 'typed' in form.dataset)
}

function loaded() {
  return document.readyState === 'complete' || new Promise((done) => { addEventListener('load', done, { once: true }) })
}

// Asked while the worker that serves this page is at work, Chromium lets pages wait until that one has been still for long: so
// when the page is drawn and no pack is being fetched, nor begun before it is done.
async function takeOver(next, wanted = false) {
  await loaded()
  await new Promise((done) => { setTimeout(done, STILL) })
  const ask = () => {
    if (halfTyped() && !wanted) return undefined
    next.postMessage({ type: 'take-over' })
    return new Promise((done) => { next.addEventListener('statechange', done, { once: true }); setTimeout(done, LONGEST) })
  }
  await (navigator.locks ? navigator.locks.request('pack', ask) : ask())
}

function waitingWorker(registration) {
  const next = registration.waiting
  if (!next || !navigator.serviceWorker.controller) return
  if (halfTyped()) return void say('release')
  takeOver(next)
}

export function attachWorker() {
  if (!('serviceWorker' in navigator)) return
  if (document.documentElement.dataset.offline === 'off') return void gone().catch(() => { /* none there */ })
  document.addEventListener('input', (event) => { const form = event.target.form; if (form) form.dataset.typed = '' })
  document.addEventListener('submit', (event) => { delete event.target.dataset.typed })
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-take-over]')) navigator.serviceWorker.getRegistration().then((one) => one?.waiting && takeOver(one.waiting, true))
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
