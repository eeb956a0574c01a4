// An entry that was refused is opened in the form it came from, corrected, and sent as a new operation that names the old.
import { fill } from '../drafts.js'
import { announce } from '../shown.js'
import { entry as stored } from './store.js'

function formOf(path) {
  for (const one of document.querySelectorAll('form[data-queue], button[data-queue]')) {
    const address = one.matches('button') ? one.formAction : one.action
    if (new URL(address, location.href).pathname === path) return one.matches('button') ? one.form : one
  }
  return null
}

function hidden(form, name, value) {
  const field = Object.assign(document.createElement('input'), { type: 'hidden', name, value })
  form.append(field)
}

async function correct(op) {
  const entry = await stored(op)
  const form = entry && formOf(entry.path)
  if (!form) return
  form.dispatchEvent(new CustomEvent('draft:lines', { bubbles: true, detail: entry.fields }))
  fill(form, entry.fields)
  form.dataset.corrects = op
  hidden(form, 'op_names', op)
  announce(form)
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

export function attachCorrecting() {
  const op = new URLSearchParams(location.hash.slice(1)).get('correct')
  if (op) correct(op).catch(() => { /* gone meanwhile: the form stands as it is */ })
}
