// Totals as one types: the form's fields go to the server, and every part of its answer takes its twin's place by its id.
// No sum is made here. Until the answer is there, what stands is marked as not yet counted.
import { untouched } from './pressed.js'
import { announce } from './shown.js'

const PAUSE = 200
const timers = new WeakMap()
const running = new WeakMap()

function parts() {
  return document.querySelectorAll('[data-part][id]')
}

function counting(form, yes) {
  form.toggleAttribute('data-counting', yes)
  for (const part of parts()) part.toggleAttribute('data-stale', yes)
}

async function answer(form, signal) {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string' && name !== 'op_id') fields.append(name, value)
  const response = await fetch(form.dataset.fragment, {
    method: 'POST', body: fields, credentials: 'same-origin', signal,
    headers: { 'HX-Request': 'true', 'HX-Request-Type': 'partial' },
  })
  if (!response.ok || response.redirected) return
  const parsed = new DOMParser().parseFromString(await response.text(), 'text/html')
  await untouched()
  if (signal.aborted) return
  for (const part of parts()) {
    const fresh = parsed.getElementById(part.id)
    if (!fresh) continue
    const held = part.contains(document.activeElement) ? document.activeElement.id : ''
    part.replaceChildren(...fresh.childNodes)
    part.className = fresh.className
    if (held) document.getElementById(held)?.focus({ preventScroll: true })
    announce(part)
  }
}

async function ask(form) {
  running.get(form)?.abort()
  const control = new AbortController()
  running.set(form, control)
  try {
    await answer(form, control.signal)
  } catch { /* no network: the figures stay as they were */ }
  if (running.get(form) === control && !timers.has(form)) counting(form, false)
}

export function attachFragments() {
  const changed = (event) => {
    const form = event.target.form ?? event.target.closest?.('form')
    if (!form?.dataset.fragment || event.isComposing) return
    counting(form, true)
    clearTimeout(timers.get(form))
    timers.set(form, setTimeout(() => { timers.delete(form); ask(form) }, PAUSE))
  }
  document.addEventListener('input', changed)
  document.addEventListener('compositionend', changed)
}
