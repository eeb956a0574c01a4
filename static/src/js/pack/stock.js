// Where a product lies, by the catalogue and by what waits on this phone: what was moved here without a network is seen here.
import { isNone, minus, plus } from './decimals.js'

function valueOf(entry, name) {
  return entry.fields.find(([key]) => key === name)?.[1] ?? ''
}

// A waiting transfer as what it does: so many of a lot from one place to another, by their codes.
export function moveOf(entry, codes) {
  if (!/\/stock\/transfers$/.test(entry.path)) return null
  const from = codes.get(valueOf(entry, 'from_id')) ?? valueOf(entry, 'from_code').toUpperCase()
  const to = codes.get(valueOf(entry, 'to_id')) ?? valueOf(entry, 'code').trim().toUpperCase()
  const product = valueOf(entry, 'product_id')
  if (!from || !to || !product) return null
  return { product, lot: valueOf(entry, 'lot_id'), quantity: valueOf(entry, 'quantity') || '1', from, to }
}

// [{lot, code, expires, place, quantity, reserved, waiting}], those that changed here marked as not yet confirmed.
export function lying(row, moves) {
  const places = []
  for (const [lot, code, expires, some] of row?.[1] ?? []) {
    for (const [place, quantity, reserved] of some) places.push({ lot, code, expires, place, quantity, reserved, waiting: false })
  }
  const at = (lot, place) => {
    let found = places.find((one) => one.lot === lot && one.place === place)
    if (!found) {
      const same = places.find((one) => one.lot === lot)
      found = { lot, code: same?.code ?? '', expires: same?.expires ?? null, place, quantity: '0', reserved: '0', waiting: true }
      places.push(found)
    }
    return found
  }
  for (const move of moves) {
    const from = at(move.lot, move.from), to = at(move.lot, move.to)
    Object.assign(from, { quantity: minus(from.quantity, move.quantity), waiting: true })
    Object.assign(to, { quantity: plus(to.quantity, move.quantity), waiting: true })
  }
  return places.filter((one) => one.waiting || !isNone(one.quantity))
}

// What is on hand, promised, and free: not blocked, and not past the last day of its lot.
export function summed(places, blocked, today) {
  const sum = (some, key) => plus('0', ...some.map((one) => one[key]))
  const usable = places.filter((one) => !blocked.has(one.place) && (!one.expires || one.expires >= today))
  return { hand: sum(places, 'quantity'), promised: sum(places, 'reserved'), free: minus(sum(usable, 'quantity'), sum(usable, 'reserved')) }
}
