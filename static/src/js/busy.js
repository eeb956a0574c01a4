// One send at a time: the pressed button says that it is saving, a second press does nothing.
import { whenShown, within } from './shown.js'
import { queueOf } from './outbox/made.js'

function begin(form, button) {
  form.dataset.sending = ''
  button?.setAttribute('aria-busy', 'true')
}

export function finish(form) {
  delete form.dataset.sending
  const named = form.id ? document.querySelectorAll(`[form="${CSS.escape(form.id)}"][aria-busy]`) : []
  for (const button of [...form.querySelectorAll('[aria-busy]'), ...named]) button.removeAttribute('aria-busy')
}

export function attachBusy() {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (form.method !== 'post') return
    if ('sending' in form.dataset) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    begin(form, event.submitter)
    // Something else took it and does not say when it is done: not ours to block.
    const waits = queueOf(form, event.submitter) !== null
    setTimeout(() => { if (event.defaultPrevented && !waits && !form.matches('[hx-post], [data-hx-post]')) finish(form) })
  }, true)
  whenShown((root) => within(root, 'form[data-sending]').forEach(finish))
  for (const name of ['htmx:finally:request', 'htmx:error']) {
    document.addEventListener(name, (event) => {
      const form = event.target instanceof Element ? event.target.closest('form') : null
      if (form) finish(form)
    })
  }
}
