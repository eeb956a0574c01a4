// While a finger is on the page nothing takes the place of what it is on: a browser gives a tap to nobody when what was
// pressed is gone before it is let go. It stands on the document, so that the page's script and the catalogue's both see it.
const LATE = 300 // ms after which what was let go is no tap any more: the click of a touch comes a little later
const LONGEST = 3000 // ms after which nobody taps any more: an open choice or a file's window may swallow the letting go
const RELEASED = 'page:released'
const page = document.documentElement
let timer

function release() {
  clearTimeout(timer)
  page.removeAttribute('data-pressed')
  document.dispatchEvent(new Event(RELEASED))
}

// Resolves when no finger is down, and what its tap does has been done.
export async function untouched() {
  while (page.hasAttribute('data-pressed')) await new Promise((go) => { document.addEventListener(RELEASED, go, { once: true }) })
}

export function attachPressed() {
  const hear = (name, then) => document.addEventListener(name, then, { capture: true, passive: true })
  const within = (time) => { clearTimeout(timer); timer = setTimeout(release, time) }
  hear('pointerdown', () => { within(LONGEST); page.setAttribute('data-pressed', '') })
  hear('pointerup', () => within(LATE))
  for (const name of ['pointercancel', 'input']) hear(name, release)
  hear('click', () => { if (page.hasAttribute('data-pressed')) setTimeout(release) })
}
