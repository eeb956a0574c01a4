// What a code means by the catalogue: one of our own labels, a GS1 label, a barcode, a place's or a paper's own code.
import { readGs1 } from '../scan/gs1.js'
import { readCode } from '../scan/codes.js'
import { KINDS } from './search.js'

function labelled(catalogue, { kind, id }) {
  if (kind === 'inventory.lot') {
    for (const [product] of catalogue.stock) for (const lot of catalogue.lotsOf(product)) if (lot.id === id) return [lot]
    return []
  }
  const table = Object.keys(KINDS).find((name) => KINDS[name] === kind), row = table && catalogue.row(table, id)
  return row ? [{ kind, id, row, factor: '1' }] : []
}

// Each thing once. `whole`: separators are known to be there, as by a camera.
export function meaning(catalogue, text, company, whole = false) {
  const own = readCode(text)
  if (own) return own.company === company ? labelled(catalogue, own) : []
  const { readings } = readGs1(text, { whole })
  const found = readings.flatMap((one) => catalogue.lookup(one.kind === 'plain' ? text : '', one)
    .map((thing) => (one.count ? { ...thing, factor: String(one.count) } : thing)))
  const things = found.length ? found : catalogue.lookup(text)
  return [...new Map(things.map((one) => [`${one.kind} ${one.id}`, one])).values()]
}
