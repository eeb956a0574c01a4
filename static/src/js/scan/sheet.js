// The sheet changes and the camera stays: the parts of another scan page take their twins' places.
import { announce } from '../shown.js'

function parts() {
  return document.querySelectorAll('[data-swap]')
}

function place(page) {
  for (const part of parts()) {
    const fresh = page.querySelector(`[data-swap="${part.dataset.swap}"]`)
    if (fresh) part.replaceWith(document.adoptNode(fresh))
  }
  const { kept } = page.documentElement.dataset
  if (kept) document.documentElement.dataset.kept = kept
  else delete document.documentElement.dataset.kept
  document.title = page.title
  document.body.className = page.body.className
}

// False where it is no scan page. how: push (a new place in the history), back (an old one), stay (the form again).
export function show(html, url, how = 'stay') {
  const page = new DOMParser().parseFromString(html, 'text/html')
  if (!page.body.classList.contains('scan')) return false
  place(page)
  if (how === 'push' && url !== location.href) history.pushState({ scan: true }, '', url)
  else history.replaceState({ scan: true }, '')
  window.scrollTo(0, 0)
  for (const part of parts()) announce(part)
  document.dispatchEvent(new CustomEvent('scan:sheet'))
  return true
}
