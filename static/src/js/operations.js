// A cached page serves many visits: each showing of a form is a new operation.
import { uuid7 } from './uuid7.js'
import { whenShown } from './shown.js'

export function renew(form) {
  const field = form.querySelector('input[name="op_id"]')
  if (field) field.value = uuid7()
}

export function attachOperations() {
  // Inputs within the root, or the root's own form: a swap may bring either.
  whenShown((root) => root.querySelectorAll('form[data-op]:not([data-sending])').forEach(renew))
  document.addEventListener('htmx:after:request', (event) => {
    const form = event.target instanceof Element ? event.target.closest('form[data-op]') : null
    if (form && event.detail?.ctx?.response?.status < 400) renew(form)
  })
}
