// Sends the forms that may wait: written on this phone first, then posted; a page that cannot reach the server goes on.
import { finish } from '../busy.js'
import { renew } from '../operations.js'
import { say } from '../toasts.js'
import { announce, takenOver } from '../shown.js'
import { entryOf, queueOf, reader } from './made.js'
import { correcting } from './correcting.js'
import { untilSeen } from './refused.js'
import { add, entry as stored } from './store.js'
import { send, session } from './send.js'
import { run, state } from './turns.js'

// The form again as the server shows it, with its words beside the fields: the page's own partial.
export function show(html) {
  if (takenOver('page:show', { html })) return
  const fresh = new DOMParser().parseFromString(html, 'text/html')
  document.title = fresh.title
  document.body.className = fresh.body.className
  document.body.replaceChildren(...fresh.body.childNodes)
  scrollTo(0, 0)
  announce(document.body)
}

function go(address) {
  const url = new URL(address || location.href, location.href)
  if (takenOver('page:go', { url: url.href })) return
  if (url.pathname === location.pathname && url.search === location.search) location.reload()
  else location.assign(url)
}

function queued(form, made) {
  document.dispatchEvent(new CustomEvent('outbox:queued', { detail: made }))
  form.dispatchEvent(new CustomEvent('draft:sent', { bubbles: true }))
  renew(form)
  finish(form)
  if (made.next === 'stay') return say('kept')
  say('kept', { later: true })
  if (state.why === 'signed-out' || state.why === 'other') return go(`/signin?next=${encodeURIComponent(made.from)}`)
  go(made.next || document.querySelector('a.back')?.href || location.href)
}

async function after(form, made) {
  const now = await stored(made.op)
  if (!now || now.state === 'sent') {
    form.dispatchEvent(new CustomEvent('draft:sent', { bubbles: true }))
    document.dispatchEvent(new CustomEvent('outbox:sent', { detail: { entry: made, answer: now } }))
    return go(now?.location)
  }
  if (now.state === 'shown') {
    form.dispatchEvent(new CustomEvent('draft:refused', { bubbles: true }))
    show(now.answer.page)
    correcting(now)
    return untilSeen(made.op)
  }
  return queued(form, made)
}

// No room on the phone: the form is sent as it stands, and stays on the page until there is an answer.
async function direct(form, made, csrf) {
  const said = await send(made, csrf || (await session())?.csrf)
  finish(form)
  if (said.kind === 'done') {
    form.dispatchEvent(new CustomEvent('draft:sent', { bubbles: true }))
    return go(said.answer.location)
  }
  form.dispatchEvent(new CustomEvent('draft:refused', { bubbles: true }))
  if (said.answer?.page) return show(said.answer.page)
  return say('full')
}

async function take(form, submitter) {
  const made = entryOf(form, submitter)
  const csrf = new FormData(form).get('csrf_token')
  try {
    await add(made)
    navigator.storage?.persist?.().catch(() => { /* asked again with the next one */ })
  } catch {
    return direct(form, made, csrf)
  }
  await run(csrf)
  return after(form, made)
}

export function attachQueue() {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (event.defaultPrevented || form.method !== 'post' || !queueOf(form, event.submitter) || !reader()) return
    event.preventDefault()
    take(form, event.submitter).catch((error) => { finish(form); say('full'); throw error })
  })
}
