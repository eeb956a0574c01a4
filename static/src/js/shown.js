// Calls back with a root whenever something new is on the page: at load, by Back, after a swap. It goes round as an event,
// so that the page's script and the one of scan pages hear each other.
export function whenShown(callback) {
  document.addEventListener('page:shown', ({ detail }) => callback(detail.root, detail.how))
  callback(document, 'load')
}

export function announce(root, how = 'swap') {
  document.dispatchEvent(new CustomEvent('page:shown', { detail: { root, how } }))
}

// Whether someone else takes what would be a new page: a sheet under a running camera.
export function takenOver(name, detail) {
  return !document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }))
}

// The root may itself be what one looks for.
export function within(root, selector) {
  const found = [...root.querySelectorAll(selector)]
  return root instanceof Element && root.matches(selector) ? [root, ...found] : found
}

export function attachShown() {
  window.addEventListener('pageshow', (event) => { if (event.persisted) announce(document, 'back') })
  document.addEventListener('htmx:after:process', (event) => { if (event.target !== document.body) announce(event.target) })
}
