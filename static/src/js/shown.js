// Calls back with a root whenever something new is on the page: at load, by Back, after a swap.
const listeners = []

export function whenShown(callback) {
  listeners.push(callback)
  callback(document, 'load')
}

export function announce(root, how = 'swap') {
  for (const callback of listeners) callback(root, how)
}

// The root may itself be what one looks for.
export function within(root, selector) {
  const found = [...root.querySelectorAll(selector)]
  return root instanceof Element && root.matches(selector) ? [root, ...found] : found
}

window.addEventListener('pageshow', (event) => { if (event.persisted) announce(document, 'back') })
document.addEventListener('htmx:after:process', (event) => { if (event.target !== document.body) announce(event.target) })
