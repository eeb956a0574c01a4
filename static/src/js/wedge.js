// A wedge scanner types and presses Enter. An Enter that ends a composition (Chinese input) is not one.
import { whenShown, within } from './shown.js'

export function attachWedge() {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    const form = event.target.closest('form[data-wedge]')
    if (!form) return
    if (event.isComposing || event.keyCode === 229) return event.preventDefault()
    event.preventDefault()
    if (event.target.value.trim() !== '') form.requestSubmit()
  })
  // The next scan finds its field without a touch; a keyboard is not called up by it on a phone.
  whenShown((root) => within(root, 'form[data-wedge] input:not([type=hidden])').forEach((input) => {
    if (document.activeElement === document.body) input.focus({ preventScroll: true })
    input.select()
  }))
}
