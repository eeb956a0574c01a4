// What this phone has yet to send, one row an operation, kept per user until the server has answered.
import { openDB } from 'idb'

export const CHANGED = new BroadcastChannel('outbox')
const KEPT_SENT = 24 * 60 * 60 * 1000
let opened

function database() {
  opened ??= openDB('throughline-outbox', 1, {
    upgrade(db) { db.createObjectStore('entries', { keyPath: 'op' }).createIndex('user', 'user') },
    blocking() { opened?.then((db) => db.close()); opened = undefined },
    terminated() { opened = undefined },
  })
  opened.catch(() => { opened = undefined })
  return opened
}

function tell() {
  CHANGED.postMessage('changed')
  globalThis.document?.dispatchEvent(new CustomEvent('outbox:stored'))
}

// All entries of a user, in the order in which they were made.
export async function entriesOf(user) {
  const rows = await (await database()).getAllFromIndex('entries', 'user', user)
  return rows.sort((one, other) => one.seq - other.seq)
}

export async function entry(op) {
  return (await database()).get('entries', op)
}

// Written before the first send. Its place in the order is taken in the same transaction.
export async function add(made) {
  const transaction = (await database()).transaction('entries', 'readwrite', { durability: 'strict' })
  const rows = await transaction.store.index('user').getAll(made.user)
  const standing = rows.filter((row) => row.state !== 'sent')
  const old = rows.find((row) => row.op === made.corrects)
  made.seq = old?.seq ?? Math.max(0, ...rows.map((row) => row.seq)) + 1
  const earlier = standing.filter((row) => row.seq < made.seq && row.rows.some((key) => made.rows.includes(key)))
  made.after = earlier.map((row) => row.op)
  await transaction.store.add(made)
  if (old) await inPlaceOf(transaction.store, old, made, rows)
  await transaction.done
  tell()
  return made
}

// A corrected one takes the refused one's place, also before those that wait for it.
async function inPlaceOf(store, old, made, rows) {
  await store.delete(old.op)
  for (const row of rows) {
    if (!row.after?.includes(old.op)) continue
    row.after = row.after.map((op) => (op === old.op ? made.op : op))
    await store.put(row)
  }
}

// Change one entry as it stands now; nothing where it is gone.
export async function change(op, alter) {
  const transaction = (await database()).transaction('entries', 'readwrite')
  const row = await transaction.store.get(op)
  if (row && alter(row) !== false) await transaction.store.put(row)
  await transaction.done
  if (row) tell()
  return row
}

export async function remove(op) {
  await (await database()).delete('entries', op)
  tell()
}

// What arrived is shown for a day, without what was typed.
export async function arrived(op, answer) {
  return change(op, (row) => {
    Object.assign(row, { state: 'sent', sentAt: Date.now(), location: answer.location, message: answer.message, fields: [], answer: null })
  })
}

// Those that edit the same row are sent as edits of what the earlier one made of it; one that was tried stays as it was.
export async function rebase(user, op, versions) {
  for (const row of await entriesOf(user)) {
    if (row.state === 'sent' || row.tries || !row.after.includes(op)) continue
    const key = row.rows.map((name) => name.split(':').pop()).find((id) => id in versions)
    if (!key) continue
    await change(row.op, (kept) => {
      kept.fields = kept.fields.map(([name, value]) => [name, name === 'base_version' ? String(versions[key]) : value])
    })
  }
}

export async function purge(now = Date.now()) {
  const db = await database()
  for (const row of await db.getAll('entries')) if (row.state === 'sent' && now - row.sentAt > KEPT_SENT) await db.delete('entries', row.op)
}

export async function everyEntry() {
  return (await database()).getAll('entries')
}
