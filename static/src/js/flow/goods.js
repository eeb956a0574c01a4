// Where goods lie, as rows of a sheet.
import { isNone } from '../pack/decimals.js'
import { many, line, lotWords, nameOf, say } from './words.js'

// The places of a product, or of its one lot where the code named it.
export async function placesOf(catalogue, { product, lot }) {
  const { places } = await catalogue.stockOf(product)
  return places.filter((one) => (!lot || one.lot === lot) && !isNone(one.quantity))
}

// The lot of goods that lie nowhere by the books: the one that was named, else the only one there is. Goods without lots have
// one under the product's own id.
export function lotOf(catalogue, { product, row, lot }) {
  if (!row[7]) return { lot: product, code: '', expires: null }
  const lots = catalogue.lotsOf(product).map(({ row }) => ({ lot: row[0], code: row[1], expires: row[2] }))
  const named = lots.filter((one) => one.lot === lot)
  if (named.length) return named[0]
  return lots.length === 1 ? lots[0] : null
}

function row(one, product, name) {
  const promised = one.reserved && !isNone(one.reserved) ? say('promised', { n: many(one.reserved, product) }) : ''
  return { name, sub: line(lotWords(one), promised, one.waiting && say('waiting')), right: many(one.quantity, product), waiting: one.waiting }
}

export const listing = (places, product) => places.map((one) => row(one, product, one.place))

// What lies at a place: [{goods, lot}] and their rows.
export async function lyingAt(catalogue, code) {
  const found = []
  const changed = new Set((await catalogue.changes()).map((one) => one.product))
  for (const [product, [, lots]] of catalogue.stock) {
    if (!changed.has(product) && !lots.some(([, , , places]) => places.some(([place]) => place === code))) continue
    const goods = catalogue.row('products', product)
    if (!goods) continue
    for (const one of await placesOf(catalogue, { product })) if (one.place === code) found.push({ goods: { product, row: goods, lot: one.lot, factor: '1' }, lot: one })
  }
  return { found, rows: found.map(({ goods, lot }) => row(lot, goods.row, nameOf(goods.row))) }
}

export function placeNamed(catalogue, code) {
  return [...catalogue.locations.values()].find((row) => row[1] === code)
}

// Where to with what may not be sold: a blocked place of the same warehouse, else any.
export function blockedPlace(catalogue, near) {
  const all = [...catalogue.locations.values()].filter((row) => row[2] === 'blocked' && row[0] !== near[0])
  return all.find((row) => row[3] === near[3]) ?? all[0]
}
