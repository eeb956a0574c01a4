// The catalogue on this phone as flows ask it, opened anew when it was fetched again; null where it was never fetched.
import { sent, waiting } from '../outbox/api.js'
import { reader } from '../outbox/made.js'
import { openCatalogue } from '../pack/catalogue.js'
import { tablesOf } from '../pack/store.js'

let opened = null
let stamp = ''

export async function known() {
  if (!reader()) return null
  const scope = `${reader()}:${location.pathname.split('/')[2]}`
  const tables = await tablesOf(scope)
  if (!['products', 'locations', 'stock'].every((name) => tables.has(name))) return null
  const now = [...tables.values()].map((table) => table.at).join()
  if (now !== stamp) opened = await openCatalogue(scope, { waiting, sent })
  stamp = now
  return opened
}

export const today = () => new Date().toLocaleDateString('sv')
