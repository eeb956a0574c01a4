// On a phone the reader is fetched while the page is idle, so that the service worker has it when there is no network.
const IDLE = 2000

export function attachAhead() {
  const reader = document.querySelector('[data-scan-camera]')
  if (!reader || !navigator.serviceWorker?.controller || !window.matchMedia('(pointer: coarse)').matches) return
  setTimeout(() => {
    if (!navigator.onLine) return
    for (const file of [reader.dataset.worker, reader.dataset.wasm]) fetch(file).catch(() => { /* another time */ })
  }, IDLE)
}
