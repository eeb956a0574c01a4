// Signing out leaves nothing of this person to read on the phone; what still waits is their choice.
import { entriesOf, remove } from './store.js'
import { reader } from './made.js'
import { counted } from './badge.js'
import { run } from './turns.js'

async function waits() {
  return entriesOf(reader()).catch(() => [])
}

// Pages and catalogue of this person; the worker forgets whom it serves.
export async function forget() {
  document.dispatchEvent(new CustomEvent('reader:leaving'))
  navigator.serviceWorker?.controller?.postMessage({ type: 'left' })
  for (const name of await caches?.keys() ?? []) if (name.startsWith('docs-')) await caches.delete(name)
  for (const key of Object.keys(localStorage)) if (key.startsWith('draft:')) localStorage.removeItem(key)
}

async function leave(form) {
  await forget().catch(() => { /* the server's answer clears the rest */ })
  if (navigator.onLine) return HTMLFormElement.prototype.submit.call(form)
  localStorage.setItem('sign-out', '1')
  return location.assign('/')
}

function ask(form, dialog, entries) {
  const words = dialog.querySelector('[data-one]')
  words.textContent = counted(words, entries.length)
  dialog.onclick = async (event) => {
    const choice = event.target.closest('button')?.value
    if (choice === 'send') { await run(); if (!(await waits()).length) { dialog.close(); await leave(form) } else dialog.querySelector('[data-not-sent]').hidden = false }
    if (choice === 'keep') { dialog.close(); await leave(form) }
    if (choice === 'drop') { for (const row of await waits()) await remove(row.op); dialog.close(); await leave(form) }
    if (choice === 'stay') dialog.close()
  }
  const typed = dialog.querySelector('[data-typed]')
  typed.oninput = () => { dialog.querySelector('[value=drop]').disabled = typed.value.trim().toLowerCase() !== typed.dataset.typed.toLowerCase() }
  dialog.showModal()
}

// Signed out while there was no network: the server is told as soon as there is one.
function signOutLate() {
  if (localStorage.getItem('sign-out') !== '1' || !navigator.onLine) return
  const form = document.querySelector('form[data-leaving]')
  localStorage.removeItem('sign-out')
  if (form) HTMLFormElement.prototype.submit.call(form)
  else if (reader()) location.assign('/signout')
}

export function attachLeaving() {
  signOutLate()
  document.addEventListener('submit', async (event) => {
    const form = event.target
    if (!('leaving' in form.dataset)) return
    event.preventDefault()
    const entries = await waits()
    const dialog = document.querySelector('dialog[data-leaving-choice]')
    if (entries.length && dialog) ask(form, dialog, entries)
    else leave(form)
  })
}
