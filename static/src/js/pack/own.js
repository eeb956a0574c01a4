// The pack of who reads this page: fetched, opened, measured, emptied.
import { openCatalogue } from './catalogue.js'
import { fetchPack } from './fetch.js'
import { emptyAll, open as reopen, stateOf, tablesOf, pagesOf } from './store.js'
import { filled, moment } from '../words.js'

let about
let opened

// `said`: {scope, list, waiting, sent}: whose, where the list is, what waits in the outbox and what arrived.
export function begin(said) {
  about = said
}

export function catalogue() {
  opened ??= openCatalogue(about.scope, about)
  opened.catch(() => { opened = undefined })
  return opened
}

// Once over all tabs. Returns whether this tab did it.
export async function refresh(tell) {
  const once = async (lock) => {
    if (!lock) return false
    reopen()
    if (!(await stateOf(about.scope)).at) await navigator.storage?.persist?.().catch(() => false)
    await fetchPack(about.scope, about.list, tell)
    opened = undefined
    return true
  }
  return navigator.locks ? navigator.locks.request('pack', { ifAvailable: true }, once) : once(true)
}

export async function empty() {
  opened = undefined
  await emptyAll()
}

export async function carried() {
  const [tables, pages, state] = await Promise.all([tablesOf(about.scope), pagesOf(about.scope), stateOf(about.scope)])
  const bytes = [...tables.values(), ...pages.values()].reduce((sum, one) => sum + (one.bytes ?? 0), 0)
  return { tables, pages, bytes, at: state.at }
}

// When the pack was last fetched, in the words of a note.
export async function sayAge(note) {
  const { at } = note ? await stateOf(about.scope) : {}
  if (at) (note.querySelector('[data-put=when]') ?? note).textContent = filled(note.dataset.words, { when: moment(at) })
}

// How many rows a table holds.
export async function sizes() {
  const { tables } = await catalogue()
  return Object.fromEntries([...tables].map(([name, rows]) => [name, rows.length]))
}
