// The phone's own store of the outbox, opened once a page; every tab hears of a change.
import { openDB } from 'idb'

export const CHANGED = new BroadcastChannel('outbox')
let opened

export function database() {
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

export function tell() {
  CHANGED.postMessage('changed')
  globalThis.document?.dispatchEvent(new CustomEvent('outbox:stored'))
}
