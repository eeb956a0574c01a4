// Where goods lie, with what waits on this phone: of a product or a lot, and at a place.
import { isMore } from './decimals.js'
import { named } from './words.js'

export async function placesOf(catalogue, { id, product = id, kind }) {
  const row = catalogue.row('products', product), stock = await catalogue.stockOf(product)
  const some = stock.places.filter((one) => isMore(one.quantity, '0') && (kind !== 'inventory.lot' || one.lot === id))
  return some.map((one) => ({ ...one, product, name: named(row[2], row[3]), unit: named(row[4], row[5]) }))
}

export async function lyingAt(catalogue, place) {
  const moved = (await catalogue.waiting()).flatMap((entry) => entry.fields.filter(([name]) => name === 'product_id').map(([, id]) => id))
  const near = [...catalogue.stock.values()].filter(([id, lots]) => moved.includes(id) || lots.some(([, , , places]) => places.some(([code]) => code === place)))
  return (await Promise.all(near.map(([id]) => placesOf(catalogue, { id, kind: 'catalog.product' })))).flat().filter((one) => one.place === place)
}
