// The pack on this phone, kept a person and company: rows in their buckets, what of the pages has been fetched, and when.
import { openDB } from 'idb'

let opened

function database() {
  opened ??= openDB('throughline-pack', 1, {
    upgrade(db) { for (const name of ['tables', 'buckets', 'pages', 'state']) db.createObjectStore(name) },
    blocking() { opened?.then((db) => db.close()); opened = undefined },
    terminated() { opened = undefined },
  })
  opened.catch(() => { opened = undefined })
  return opened
}

function all(scope) {
  return IDBKeyRange.bound([scope], [scope, []])
}

async function recorded(store, scope) {
  const transaction = (await database()).transaction(store)
  const [keys, values] = await Promise.all([transaction.store.getAllKeys(all(scope)), transaction.store.getAll(all(scope))])
  return new Map(keys.map((key, place) => [key[1], values[place]]))
}

export function tablesOf(scope) { return recorded('tables', scope) }
export function pagesOf(scope) { return recorded('pages', scope) }

export async function rowsOf(scope) {
  const found = new Map()
  for (const { name, rows } of await (await database()).getAll('buckets', all(scope))) {
    if (!found.has(name)) found.set(name, [])
    found.get(name).push(...rows)
  }
  return found
}

// Emptied, it takes nothing more in until it is to be fetched anew: what was under way comes too late.
let shut = false
export function open() { shut = false }

// Buckets and the table's stamp together: what was broken off is asked for again as if it had not begun.
export async function putTable(scope, name, about, buckets) {
  const db = await database()
  if (shut) return
  const transaction = db.transaction(['tables', 'buckets'], 'readwrite')
  const store = transaction.objectStore('buckets')
  for (const [bucket, rows] of buckets) {
    if (rows.length) store.put({ name, rows }, [scope, name, bucket])
    else store.delete([scope, name, bucket])
  }
  transaction.objectStore('tables').put(about, [scope, name])
  await transaction.done
}

export async function dropTable(scope, name) {
  const transaction = (await database()).transaction(['tables', 'buckets'], 'readwrite')
  transaction.objectStore('buckets').delete(IDBKeyRange.bound([scope, name], [scope, name, []]))
  transaction.objectStore('tables').delete([scope, name])
  await transaction.done
}

export async function putPage(scope, address, about) {
  const db = await database()
  if (!shut) await db.put('pages', about, [scope, address])
}

export async function dropPage(scope, address) {
  await (await database()).delete('pages', [scope, address])
}

export async function stateOf(scope) {
  return (await (await database()).get('state', [scope])) ?? {}
}

export async function putState(scope, said) {
  const db = await database()
  if (!shut) await db.put('state', said, [scope])
}

// Nothing of anyone's pack is left.
export async function emptyAll() {
  shut = true
  const db = await database()
  const transaction = db.transaction(['tables', 'buckets', 'pages', 'state'], 'readwrite')
  for (const name of transaction.objectStoreNames) transaction.objectStore(name).clear()
  await transaction.done
}
