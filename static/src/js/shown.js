// Calls back with a root whenever something new is on the page: at load, by Back, after a swap.
const listeners = []

export function whenShown(callback) {
  listeners.push(callback)
  callback(document)
}

export function announce(root) {
  for (const callback of listeners) callback(root)
}

window.addEventListener('pageshow', (event) => { if (event.persisted) announce(document) })
document.addEventListener('htmx:after:swap', () => announce(document))
