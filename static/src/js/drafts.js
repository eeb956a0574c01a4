// What is typed is never lost: kept on the phone as one types, gone once the server has taken it.
import { whenShown, within } from './shown.js'

const PREFIX = 'draft:'
const LEFT_OUT = new Set(['op_id', 'as', 'csrf_token', 'base_version', 'op_names', 'accept', '_method'])

function entries(form) {
  return [...new FormData(form)].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === 'string')
}

function key(form) {
  return `${PREFIX}${location.pathname.split('/').slice(0, 3).join('/')}:${form.dataset.draft}`
}

function keep(form) {
  try {
    localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), from: location.pathname, fields: entries(form) }))
  } catch { /* a full or forbidden store: the page works without drafts */ }
}

function read(form) {
  try { return JSON.parse(localStorage.getItem(key(form))) } catch { return null }
}

export function drafted(form) {
  return Boolean(form.dataset.draft) && read(form) !== null
}

export function fill(form, fields) {
  const values = new Map()
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value])
  for (const control of form.elements) {
    if (!control.name || LEFT_OUT.has(control.name) || control.type === 'password' || control.type === 'file') continue
    const kept = values.get(control.name)
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = kept?.includes(control.value) ?? false
    else if (kept && control.type !== 'hidden') control.value = kept.shift() ?? control.value
  }
}

function restore(form) {
  if ('draftRead' in form.dataset) return
  form.dataset.draftRead = ''
  // A refused form comes back as typed: what the server shows is newer than the draft.
  if (form.querySelector('[aria-invalid="true"]') || document.querySelector('[data-focus]')) return
  const draft = read(form)
  if (!draft) return
  form.dispatchEvent(new CustomEvent('draft:lines', { bubbles: true, detail: draft.fields }))
  fill(form, draft.fields)
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

// A draft is dropped when the page that follows its sending is not the form again.
function forgetSent() {
  try {
    const sent = sessionStorage.getItem('draft-sent')
    if (!sent) return
    sessionStorage.removeItem('draft-sent')
    const refused = document.querySelector('[aria-invalid="true"], [data-focus]')
    if (!refused && (performance.getEntriesByType('navigation')[0]?.responseStatus ?? 200) < 400) localStorage.removeItem(sent)
  } catch { /* no store */ }
}

export function attachDrafts() {
  forgetSent()
  whenShown((root) => within(root, 'form[data-draft]').forEach(restore))
  const typed = (event) => {
    const form = event.target.form ?? event.target.closest?.('form')
    if (form?.dataset.draft && event.isTrusted !== undefined && !event.isComposing) keep(form)
  }
  document.addEventListener('input', typed)
  document.addEventListener('compositionend', typed)
  document.addEventListener('htmx:after:request', (event) => {
    const form = event.target instanceof Element ? event.target.closest('form[data-draft]') : null
    if (form && event.detail?.ctx?.response?.status < 400) localStorage.removeItem(key(form))
  })
  document.addEventListener('draft:refused', () => sessionStorage.removeItem('draft-sent'))
  document.addEventListener('draft:sent', (event) => { if (event.target.dataset.draft) localStorage.removeItem(key(event.target)) })
  document.addEventListener('submit', (event) => {
    if (!event.target.dataset.draft) return
    keep(event.target)
    try { sessionStorage.setItem('draft-sent', key(event.target)) } catch { /* no store */ }
  })
}
