// A wedge scanner types and presses Enter or Tab, anywhere on the page. A field in focus is its own, but for the scan field.
// An Enter that ends a composition (Chinese input) is not a scan.
import { arrive } from './scan/arrive.js'
import { Burst, composing } from './scan/burst.js'
import { whenShown, within } from './shown.js'

const BUTTONS = new Set(['button', 'submit', 'reset', 'checkbox', 'radio', 'image', 'file', 'range', 'color'])

function writing(target) {
  if (target instanceof HTMLInputElement) return !BUTTONS.has(target.type)
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select'))
}

function typed(event) {
  if (event.key !== 'Enter') return
  event.preventDefault()
  const text = event.target.value.trim()
  if (!composing(event) && text !== '') arrive(text, 'typed')
}

function listen(burst, event) {
  const field = event.target instanceof HTMLInputElement && 'scanField' in event.target.dataset
  if (!field && writing(event.target)) return burst.reset()
  const { fast, scanned } = burst.key(event)
  if (scanned !== undefined) {
    event.preventDefault()
    event.stopPropagation()
    arrive(scanned, 'wedge')
  } else if (field) typed(event)
  else if (fast) event.preventDefault() // a scanner's space neither scrolls nor presses a button
}

export function attachWedge() {
  const burst = new Burst(Number(document.documentElement.dataset.scanGap) || 100)
  document.addEventListener('keydown', (event) => listen(burst, event), true)
  // Where there is a keyboard the next code finds its field; on a phone nothing calls the keyboard up.
  const desk = window.matchMedia('(pointer: fine)').matches
  whenShown((root, how) => within(root, 'input[data-scan-field]').forEach((input) => {
    if (document.activeElement === document.body && (desk || how === 'load')) input.focus({ preventScroll: true })
    if (document.activeElement === input) input.select()
  }))
}
