// What this phone has yet to send, one row an operation, kept per user until the server has answered; and what arrived today.
import { openDB } from 'idb'

export const CHANGED = new BroadcastChannel('outbox')
const KEPT_SENT = 24 * 60 * 60 * 1000
let opened

function database() {
  opened ??= openDB('throughline-outbox', 2, {
    upgrade(db) {
      const missing = ['entries', 'sent'].filter((name) => !db.objectStoreNames.contains(name))
      for (const name of missing) db.createObjectStore(name, { keyPath: 'op' }).createIndex('user', 'user')
    },
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

// What a user has yet to send, in the order in which it was done.
export async function entriesOf(user) {
  const rows = await (await database()).getAllFromIndex('entries', 'user', user)
  return rows.sort((one, other) => one.seq - other.seq)
}

export async function sentBy(user) {
  const rows = await (await database()).getAllFromIndex('sent', 'user', user)
  return rows.sort((one, other) => other.sentAt - one.sentAt)
}

export async function entry(op) {
  const db = await database()
  return await db.get('entries', op) ?? db.get('sent', op)
}

export async function everyEntry() {
  return (await database()).getAll('entries')
}

// Written before the first send. Its place in the order is taken in the same transaction; a corrected one takes the old one's.
export async function add(made) {
  const transaction = (await database()).transaction('entries', 'readwrite', { durability: 'strict' })
  const rows = await transaction.store.index('user').getAll(made.user)
  const old = rows.find((row) => row.op === made.corrects)
  made.seq = old?.seq ?? Math.max(0, ...rows.map((row) => row.seq)) + 1
  made.after = rows.filter((row) => row.seq < made.seq && row.rows.some((key) => made.rows.includes(key))).map((row) => row.op)
  await transaction.store.add(made)
  if (old) {
    await transaction.store.delete(old.op)
    for (const row of rows.filter((one) => one.after.includes(old.op))) await transaction.store.put({ ...row, after: row.after.map((op) => (op === old.op ? made.op : op)) })
  }
  await transaction.done
  tell()
  return made
}

// Change one entry as it stands now; nothing where it is gone.
export async function change(op, alter) {
  const transaction = (await database()).transaction('entries', 'readwrite')
  const row = await transaction.store.get(op)
  if (row) {
    alter(row)
    await transaction.store.put(row)
  }
  await transaction.done
  if (row) tell()
  return row
}

export async function remove(op) {
  await (await database()).delete('entries', op)
  tell()
}

// What arrived is shown for a day, without what was typed; of what moved or counted goods the phone's own figures need the rest.
export async function arrived({ op, user, icon, title, sub, madeAt, path, fields }, answer, now = Date.now()) {
  const goods = /\/stock\/|\/picks$/.test(path) ? { path, fields } : {}
  const transaction = (await database()).transaction(['entries', 'sent'], 'readwrite')
  await transaction.objectStore('entries').delete(op)
  await transaction.objectStore('sent').put({ op, user, icon, title, sub, madeAt, state: 'sent', sentAt: now, location: answer.location, message: answer.message, ...goods })
  await transaction.done
  tell()
}

export async function purge(now = Date.now()) {
  const db = await database()
  for (const row of await db.getAll('sent')) if (now - row.sentAt > KEPT_SENT) await db.delete('sent', row.op)
}
