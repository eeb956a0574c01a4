// One drainer over all tabs and the worker: in order, each until the server has said what became of it.
import { arrived, change, entriesOf, purge, rebase } from './store.js'
import { send, session, WAIT } from './send.js'

const MOST_TRIES = 10

// Waiting, and nothing that it follows waits for a person.
export function nextOf(entries) {
  const stuck = new Set(entries.filter((row) => row.state === 'needs').map((row) => row.op))
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
  for (;;) {
    const entry = nextOf(await entriesOf(user))
    if (!entry) break
    if (!csrf) {
      const who = await session()
      asked = true
      if (who === undefined) return { why: 'wait' }
      if (who === null) return { why: 'signed-out' }
      if (who.user !== user) return { why: 'other' }
      csrf = who.csrf
    }
    const stop = await settle(user, entry, await attempt(entry, csrf))
    if (stop === 'ask') {
      if (asked) return { why: 'wait', pause: 5000 }
      csrf = undefined
    } else if (stop) return stop
  }
  await purge()
  return { why: 'empty' }
}

async function attempt(entry, csrf) {
  const going = { ...entry }
  await change(entry.op, (row) => { row.tries += 1; row.triedAt = Date.now() })
  return send(going, csrf)
}

async function settle(user, entry, said) {
  if (said.kind === 'done') {
    await rebase(user, entry.op, said.answer.versions ?? {})
    await arrived(entry.op, said.answer)
    return null
  }
  if (said.kind === 'needs') {
    await change(entry.op, (row) => { row.state = 'needs'; row.answer = said.answer; row.askedAt = Date.now() })
    return null
  }
  if (said.kind === 'token' || said.kind === 'who') {
    if (said.kind === 'who' && entry.told) return needMember(entry)
    await change(entry.op, (row) => { row.tries -= 1; row.told = said.kind === 'who' }) // nothing was looked at
    return 'ask'
  }
  let over = false
  if (said.failed) {
    await change(entry.op, (row) => {
      row.failed = (row.failed ?? 0) + 1
      over = row.failed >= MOST_TRIES
      if (over) Object.assign(row, { state: 'needs', answer: { result: 'broken' }, askedAt: Date.now() })
    })
  }
  return over ? null : { ...WAIT, why: 'wait', pause: said.pause }
}

// 401 twice, with the same person signed in: they are no member there any more.
async function needMember(entry) {
  await change(entry.op, (row) => Object.assign(row, { state: 'needs', told: false, answer: { result: 'member' }, askedAt: Date.now() }))
  return null
}
