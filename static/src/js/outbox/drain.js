// One drainer over all tabs and the worker: in order, each until the server has said what became of it.
import { refused } from './made.js'
import { purge } from './sent.js'
import { arrived, change, entriesOf } from './store.js'
import { send, session, WAIT } from './send.js'

const MOST_TRIES = 10

// Waiting, and nothing that it follows waits for a person.
function nextOf(entries) {
  const stuck = new Set(entries.filter(refused).map((row) => row.op))
  for (const row of entries) {
    if (row.state !== 'waiting') continue
    if (row.after.some((op) => stuck.has(op))) stuck.add(row.op)
    else return row
  }
  return undefined
}

// Returns why it stopped: 'empty', 'wait' (try later, `pause` ms), 'signed-out', 'other' (someone else is signed in).
export function drain(user, token) {
  return navigator.locks.request('outbox', () => empty(user, token))
}

async function empty(user, token) {
  let csrf = token
  let asked = false
  let list = await entriesOf(user)
  for (;;) {
    const entry = nextOf(list) ?? nextOf(list = await entriesOf(user))
    if (!entry) break
    if (!csrf) {
      const who = await session()
      asked = true
      if (who === undefined) return { why: 'wait' }
      if (who === null) return { why: 'signed-out' }
      if (who.user !== user) return { why: 'other' }
      csrf = who.csrf
    }
    list = list.filter((row) => row.op !== entry.op)
    const stop = await settle(entry, await attempt(entry, csrf), list)
    if (!stop) continue
    if (stop !== 'ask') return stop
    if (asked) return { why: 'wait', pause: 5000 }
    csrf = undefined
    list = []
  }
  await purge()
  return { why: 'empty' }
}

// As it stands now; what was given up meanwhile is not sent.
async function attempt(entry, csrf) {
  const kept = await change(entry.op, (row) => { row.tries += 1; row.triedAt = Date.now() })
  return kept ? send({ ...kept, tries: entry.tries }, csrf) : { kind: 'gone' }
}

async function settle(entry, said, list) {
  if (said.kind === 'gone') return null
  if (said.kind === 'done') {
    await arrived(entry, said.answer)
    return null
  }
  if (said.kind === 'needs') return needs(entry, said.answer, list)
  if (said.kind === 'token' || said.kind === 'who') {
    if (said.kind === 'who' && entry.told) return needs(entry, { result: 'member' }, list) // 401 twice, with the same person signed in
    await change(entry.op, (row) => { row.tries -= 1; row.told = said.kind === 'who' }) // nothing was looked at
    return 'ask'
  }
  if (said.failed) {
    const row = await change(entry.op, (kept) => { kept.failed = (kept.failed ?? 0) + 1 })
    if (row?.failed >= MOST_TRIES) return needs(entry, { result: 'broken' }, list)
  }
  return { ...WAIT, why: 'wait', pause: said.pause }
}

async function needs(entry, answer, list) {
  const state = answer.page ? 'shown' : 'needs'
  const row = await change(entry.op, (kept) => Object.assign(kept, { state, told: false, answer, askedAt: Date.now() }))
  if (row) list.push(row)
  return null
}
