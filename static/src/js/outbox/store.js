// What this phone has yet to send, one row an operation, kept per user until the server has answered.
import { database, tell } from './database.js'

export { CHANGED } from './database.js'

// What a user has yet to send, in the order in which it was done.
export async function entriesOf(user) {
  const rows = await (await database()).getAllFromIndex('entries', 'user', user)
  return rows.sort((one, other) => one.seq - other.seq)
}

export async function entry(op) {
  const db = await database()
  return await db.get('entries', op) ?? db.get('sent', op)
}

export async function everyEntry() {
  return (await database()).getAll('entries')
}

// An edit that was never sent is one of what the edit before it made of the row, the first that it names.
function rebase(row, versions = {}) {
  const version = versions[row.rows[0]?.split(':').pop()]
  if (version !== undefined) row.fields = row.fields.map(([name, value]) => [name, name === 'base_version' ? String(version) : value])
  return row
}

// Written before the first send. Its place in the order is taken in the same transaction; a corrected one takes the old one's.
export async function add(made) {
  const transaction = (await database()).transaction(['entries', 'sent'], 'readwrite', { durability: 'strict' })
  const store = transaction.objectStore('entries')
  const rows = await store.index('user').getAll(made.user)
  const old = rows.find((row) => row.op === made.corrects)
  made.seq = old?.seq ?? Math.max(0, ...rows.map((row) => row.seq)) + 1
  made.after = rows.filter((row) => row.seq < made.seq && row.rows.some((key) => made.rows.includes(key))).map((row) => row.op)
  if (made.follows) rebase(made, (await transaction.objectStore('sent').get(made.follows))?.versions)
  await store.add(made)
  if (old) {
    await store.delete(old.op)
    for (const row of rows.filter((one) => one.after.includes(old.op))) await store.put({ ...row, after: row.after.map((op) => (op === old.op ? made.op : op)) })
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

// Whoever was to see a refusal on the form has left: it needs them on the page of what waits.
export async function notSeen(user) {
  for (const row of await entriesOf(user)) if (row.state === 'shown') await change(row.op, (kept) => { kept.state = 'needs' })
}

export async function remove(op) {
  await (await database()).delete('entries', op)
  tell()
}

// What arrived is shown for a day, without what was typed; of what moved or counted goods the phone's own figures need the rest.
export async function arrived({ op, user, icon, title, sub, madeAt, path, fields }, { location, message, versions = {} }, now = Date.now()) {
  const goods = /\/stock\/|\/picks$/.test(path) ? { path, fields } : {}
  const transaction = (await database()).transaction(['entries', 'sent'], 'readwrite')
  const store = transaction.objectStore('entries')
  await store.delete(op)
  await transaction.objectStore('sent').put({ op, user, icon, title, sub, madeAt, state: 'sent', sentAt: now, location, message, versions, ...goods })
  if (Object.keys(versions).length && fields.some(([name]) => name === 'base_version')) {
    for (const row of await store.index('user').getAll(user)) if (!row.tries && row.after.includes(op)) await store.put(rebase(row, versions))
  }
  await transaction.done
  tell()
}
