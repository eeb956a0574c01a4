// An entry that was refused is opened in the form it came from, corrected, and sent as a new operation that names the old.
// An edit of what waits here begins with what was typed, not with the page as it was kept.
import { drafted, fill } from '../drafts.js'
import { announce, whenShown, within } from '../shown.js'
import { reader } from './made.js'
import { entriesOf, entry as stored } from './store.js'

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

function refill(form, { fields }) {
  form.dispatchEvent(new CustomEvent('draft:lines', { bubbles: true, detail: fields }))
  fill(form, fields)
}

// The form on the page that an entry came from: what it sends next takes the entry's place.
export function correcting(entry) {
  const form = formOf(entry.path)
  if (!form) return null
  form.dataset.corrects = entry.op
  for (const named of [...entry.fields.filter(([name]) => name === 'op_names').map(([, id]) => id), entry.op]) hidden(form, 'op_names', named)
  return form
}

async function correct(op) {
  const entry = await stored(op)
  const form = entry && correcting(entry)
  if (!form) return
  refill(form, entry)
  announce(form)
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

async function goOn(form) {
  const path = new URL(form.action, location.href).pathname
  const last = (await entriesOf(reader())).findLast((row) => row.path === path && row.state === 'waiting')
  if (!last || 'follows' in form.dataset) return
  form.dataset.follows = last.op
  if (drafted(form) || 'typed' in form.dataset) return
  refill(form, last)
  announce(form)
}

export function attachCorrecting() {
  const op = new URLSearchParams(location.hash.slice(1)).get('correct')
  if (op) return void correct(op).catch(() => { /* gone meanwhile: the form stands as it is */ })
  whenShown((root) => {
    for (const form of within(root, 'form[data-op]')) if (form.elements.namedItem('base_version')) goOn(form).catch(() => { /* no store */ })
  })
}
