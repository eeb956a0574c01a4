// What the server's page says of the code just sent, as feedback: a page that stops, one that asks, or what it took.
import { answered, feedback } from './feedback.js'

function verdict() {
  const { classList } = document.body
  if (classList.contains('stops')) return 'stops'
  if (classList.contains('asks')) return 'asks'
  const said = document.querySelector('.scan-entry .scan-said')
  if (!said) return null
  return said.classList.contains('bad') ? 'stops' : 'taken'
}

export function attachVerdict() {
  document.addEventListener('scan:sheet', () => {
    answered()
    const kind = 'scanned' in document.body.dataset ? verdict() : null
    delete document.body.dataset.scanned
    if (kind) feedback(kind, document.querySelector('.scan-entry .scan-said')?.textContent.trim())
  })
}
