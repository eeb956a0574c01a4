// A live part asks again while it is seen; 304 costs nothing and changes nothing.
import { untouched } from './pressed.js'
import { announce, whenShown, within } from './shown.js'

function typingIn(part) {
  return part.contains(document.activeElement) && document.activeElement.matches('input, select, textarea')
}

async function ask(part) {
  const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }
  if (part.dataset.etag) headers['If-None-Match'] = part.dataset.etag
  const answer = await fetch(part.dataset.poll, { headers, credentials: 'same-origin', cache: 'no-store' })
  if (answer.status !== 200 || answer.redirected) return
  const html = await answer.text()
  await untouched()
  if (typingIn(part)) return
  const first = !part.dataset.etag
  part.dataset.etag = answer.headers.get('ETag') ?? ''
  if (first && html.trim() === part.innerHTML.trim()) return
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  const own = parsed.getElementById(part.id)
  part.replaceChildren(...(own ?? parsed.body).childNodes)
  announce(part)
}

export function attachPolling() {
  const seen = () => document.visibilityState === 'visible' && navigator.onLine
  const quietly = (part) => ask(part).catch(() => { /* no network: the next round asks again */ })
  whenShown((root) => within(root, '[data-poll]:not([data-polling])').forEach((part) => {
    part.dataset.polling = ''
    const timer = setInterval(() => {
      if (!part.isConnected) clearInterval(timer)
      else if (seen()) quietly(part)
    }, Number(part.dataset.seconds || 15) * 1000)
  }))
  document.addEventListener('visibilitychange', () => {
    if (seen()) document.querySelectorAll('[data-poll]').forEach(quietly)
  })
}
