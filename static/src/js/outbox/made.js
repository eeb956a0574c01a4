// A form as an entry of the outbox: what it would post, where, as whom, and in which words it waits.
import { filled, valued } from './words.js'

const OWN = new Set(['csrf_token'])

export function reader() {
  return document.querySelector('meta[name="reader"]')?.content ?? ''
}

// The element that says how this post waits: the button where it has an address of its own, else the form; null: not kept.
export function queueOf(form, submitter) {
  if (submitter?.dataset.queue) return submitter
  if (submitter && ('plain' in submitter.dataset || submitter.hasAttribute('formaction'))) return null
  return form.dataset.queue ? form : null
}

// It needs a person: on the page of what waits, or, where one waited for the answer, on the form itself as long as that is new.
export function refused(row) {
  return row.state === 'needs' || row.state === 'shown'
}

export function entryOf(form, submitter, now = Date.now()) {
  const says = queueOf(form, submitter)
  const data = new FormData(form, submitter)
  data.set('done_at', new Date(now).toISOString())
  const fields = [...data].filter(([name, value]) => !OWN.has(name) && typeof value === 'string')
  return {
    op: data.get('op_id'), user: reader(), state: 'waiting', tries: 0, madeAt: now, offline: !navigator.onLine,
    path: new URL(submitter?.hasAttribute('formaction') ? submitter.formAction : form.action, location.href).pathname,
    from: location.pathname + location.search, draft: form.dataset.draft ?? '', fields,
    icon: says.dataset.queue, title: filled(says.dataset.queueTitle, form, submitter), sub: filled(says.dataset.queueSub, form, submitter),
    rows: valued(says.dataset.queueRows ?? '', data).split(' ').filter((key) => key && !key.endsWith(':')),
    next: says.dataset.queueNext ?? '', corrects: form.dataset.corrects ?? '', follows: form.dataset.follows ?? '',
  }
}
