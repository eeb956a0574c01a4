// Totals as one types: the form's fields go to the server, its answer comes back as a part. No sum is made here.
import { announce } from './shown.js'

const timers = new WeakMap()
const running = new WeakMap()

async function ask(form) {
  running.get(form)?.abort()
  const control = new AbortController()
  running.set(form, control)
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string' && name !== 'op_id') fields.append(name, value)
  const answer = await fetch(form.dataset.fragment, {
    method: 'POST', body: fields, credentials: 'same-origin', signal: control.signal,
    headers: { 'HX-Request': 'true', 'HX-Request-Type': 'partial' },
  })
  if (!answer.ok || answer.redirected) return
  const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const selector of form.dataset.fragmentTarget.split(/\s*,\s*/)) {
    const fresh = parsed.querySelector(selector)
    const target = document.querySelector(selector)
    if (!fresh || !target) continue
    target.replaceChildren(...fresh.childNodes)
    announce(target)
  }
}

export function attachFragments() {
  const changed = (event) => {
    const form = event.target.form ?? event.target.closest?.('form')
    if (!form?.dataset.fragment || event.isComposing) return
    clearTimeout(timers.get(form))
    timers.set(form, setTimeout(() => ask(form).catch(() => { /* the figures stay as they were */ }), 250))
  }
  document.addEventListener('input', changed)
  document.addEventListener('compositionend', changed)
}
