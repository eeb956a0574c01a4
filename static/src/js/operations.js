// A cached page serves many visits: each showing of a form is a new operation. Only a form that was sent and got no
// answer keeps its id, so that sending it again is the same operation.
import { uuid7 } from './uuid7.js'
import { whenShown, within } from './shown.js'

export function renew(form) {
  delete form.dataset.tried
  const field = form.querySelector('input[name="op_id"]')
  if (field) field.value = uuid7()
  for (const row of form.querySelectorAll('[data-new-id]')) row.value = uuid7()
}

export function attachOperations() {
  whenShown((root, how) => {
    for (const form of within(root, 'form[data-op]')) if (how !== 'swap' || !('tried' in form.dataset)) renew(form)
  })
  document.addEventListener('submit', (event) => { if ('op' in event.target.dataset) event.target.dataset.tried = '' })
  document.addEventListener('htmx:after:request', (event) => {
    const form = event.target instanceof Element ? event.target.closest('form[data-op]') : null
    if (form && event.detail?.ctx?.response?.status < 500) renew(form)
  })
}
