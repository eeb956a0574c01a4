// What has gone out, in words: with a network all has; without one it says so.
import { whenShown, within } from './shown.js'

function tell(badge) {
  badge.hidden = false
  badge.classList.toggle('waiting', !navigator.onLine)
  badge.querySelector('[data-outbox-sent]').hidden = !navigator.onLine
  badge.querySelector('[data-outbox-offline]').hidden = navigator.onLine
}

export function attachOutbox() {
  whenShown((root) => within(root, '[data-outbox]').forEach(tell))
  for (const name of ['online', 'offline']) {
    window.addEventListener(name, () => document.querySelectorAll('[data-outbox]').forEach(tell))
  }
}
