// What a code means by the phone's own catalogue: places and goods, as the server's scan page would find them.
import { times } from '../pack/decimals.js'
import { readCode } from '../scan/codes.js'
import { readGs1 } from '../scan/gs1.js'
import { KINDS } from '../pack/search.js'

const KILOGRAMS = new Set(['kg', '公斤', '千克'])
const LOCATION = 'inventory.location', LOT = 'inventory.lot', PRODUCT = 'catalog.product'

function goods(catalogue, product, lot, factor, reading = {}) {
  const row = catalogue.row('products', product)
  if (!row) return null
  const weighed = reading.weight && (KILOGRAMS.has(row[4]) || KILOGRAMS.has(row[5]))
  return { product, row, lot, factor: weighed ? reading.weight : times(factor ?? '1', reading.count ?? 1) }
}

function byLabel(catalogue, { kind, id }) {
  if (kind === LOCATION) return { places: [catalogue.row('locations', id)] }
  if (kind === PRODUCT) return { goods: [goods(catalogue, id, null, '1')] }
  if (kind !== LOT) {
    const table = Object.keys(KINDS).find((name) => KINDS[name] === kind), row = table && catalogue.row(table, id)
    return { other: row && [{ kind, id, row }] }
  }
  const product = [...catalogue.stock.values()].find((row) => row[1].some(([lot]) => lot === id))?.[0]
  return { goods: [product && goods(catalogue, product, id, '1')] }
}

function byReading(catalogue, reading, text) {
  const gtin = reading.gtin ?? reading.content
  const asked = gtin ?? reading.sscc ?? reading.place ?? reading.ship_to ?? reading.lot ?? reading.elements?.[0]?.[1] ?? text
  return catalogue.lookup(asked).map((one) => {
    if (one.kind === LOCATION) return { place: one.row }
    if (one.kind === LOT) return gtin ? {} : { goods: goods(catalogue, one.product, one.id, '1', reading) }
    if (one.kind !== PRODUCT) return { other: one }
    const lot = reading.lot && catalogue.lotsOf(one.id).find(({ row }) => row[1] === reading.lot)
    return { goods: goods(catalogue, one.id, lot ? lot.id : null, one.factor, reading) }
  })
}

// → { places: [row], goods: [{product, row, lot, factor}], other: [what is neither] }
export function meant(catalogue, { text, source }, { fnc1, company }) {
  const label = readCode(text)
  const found = { places: [], goods: [], other: [] }
  if (label) {
    const own = label.company === company ? byLabel(catalogue, label) : {}
    return Object.fromEntries(Object.keys(found).map((name) => [name, (own[name] ?? []).filter(Boolean)]))
  }
  const { readings } = readGs1(text, { fnc1, whole: source === 'camera' })
  const all = readings.flatMap((reading) => byReading(catalogue, reading, text))
  const meanings = all.length ? all : byReading(catalogue, {}, text.trim())
  const once = (rows, key) => [...new Map(rows.map((row) => [key(row), row])).values()]
  return {
    places: once(meanings.map((one) => one.place).filter(Boolean), (row) => row[0]),
    goods: once(meanings.map((one) => one.goods).filter(Boolean), (one) => `${one.product} ${one.lot} ${one.factor}`),
    other: meanings.map((one) => one.other).filter(Boolean),
  }
}
