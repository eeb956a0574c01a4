// What arrived is shown for a day.
import { database } from './database.js'

const AN_HOUR = 60 * 60 * 1000
const KEPT = 24 * AN_HOUR

export async function sentBy(user) {
  const rows = await (await database()).getAllFromIndex('sent', 'user', user)
  return rows.sort((one, other) => other.sentAt - one.sentAt)
}

// Of what arrived the newest, and how many there are: ids begin with their time, and a day may have thousands.
export async function lastSentBy(user, most) {
  const db = await database()
  const ops = await db.getAllKeysFromIndex('sent', 'user', user)
  const rows = await Promise.all(ops.slice(-most).map((op) => db.get('sent', op)))
  return { total: ops.length, rows: rows.filter(Boolean).sort((one, other) => other.sentAt - one.sentAt) }
}

let purged = 0

export async function purge(now = Date.now()) {
  if (now - purged < AN_HOUR) return
  purged = now
  const db = await database()
  for (const row of await db.getAll('sent')) if (now - row.sentAt > KEPT) await db.delete('sent', row.op)
}
