// Where a product lies, by the catalogue and by what waits on this phone: what was moved here without a network is seen here.
import { refused } from '../outbox/made.js'
import { isNone, minus, plus } from './decimals.js'

function valueOf(entry, name) {
  return entry.fields.find(([key]) => key === name)?.[1] ?? ''
}

// A transfer as what it does: so many of a lot from one place to another, by their codes.
export function moveOf(entry, codes) {
  if (!/\/stock\/transfers$/.test(entry.path)) return null
  const from = codes.get(valueOf(entry, 'from_id')) ?? valueOf(entry, 'from_code').toUpperCase()
  const to = codes.get(valueOf(entry, 'to_id')) ?? valueOf(entry, 'code').trim().toUpperCase()
  const product = valueOf(entry, 'product_id')
  if (!from || !to || !product) return null
  return { product, lot: valueOf(entry, 'lot_id'), quantity: valueOf(entry, 'quantity') || '1', from, to }
}

function undone(entry, entries, codes) {
  const id = /\/stock\/moves\/([0-9a-f-]{36})\/reversal$/.exec(entry.path)?.[1]
  const old = id && entries.find((one) => valueOf(one, 'id') === id)
  const move = old && moveOf(old, codes)
  return move ? { ...move, from: move.to, to: move.from } : null
}

// A count that is taken back is none: what it had said of the place does not hold.
const takenBack = (entry, entries) => entries.some((one) => one.path.endsWith(`/stock/counts/${valueOf(entry, 'id')}/reversal`))

function countOf(entry, entries, codes) {
  if (!/\/stock\/adjustments$/.test(entry.path) || takenBack(entry, entries)) return null
  return { product: valueOf(entry, 'product_id'), lot: valueOf(entry, 'lot_id'), at: codes.get(valueOf(entry, 'location_id')), counted: valueOf(entry, 'counted') }
}

// What was done on this phone and the catalogue cannot know, in its order: moves, moves taken back, counts.
export function changesOf(entries, codes) {
  const told = entries.filter((entry) => !refused(entry) && entry.fields)
  return told.map((entry) => {
    const change = moveOf(entry, codes) ?? undone(entry, told, codes) ?? countOf(entry, told, codes)
    return change && { ...change, waiting: entry.state !== 'sent' }
  }).filter(Boolean)
}

// [{lot, code, expires, place, quantity, reserved, waiting}], those that changed here marked as not yet confirmed.
export function lying(row, changes) {
  const places = []
  for (const [lot, code, expires, some] of row?.[1] ?? []) {
    for (const [place, quantity, reserved] of some) places.push({ lot, code, expires, place, quantity, reserved, waiting: false })
  }
  const at = (lot, place) => {
    let found = places.find((one) => one.lot === lot && one.place === place)
    if (!found) {
      const same = places.find((one) => one.lot === lot)
      found = { lot, code: same?.code ?? '', expires: same?.expires ?? null, place, quantity: '0', reserved: '0', waiting: false }
      places.push(found)
    }
    return found
  }
  for (const change of changes) {
    const { waiting = true } = change
    if (change.counted !== undefined) {
      const there = at(change.lot, change.at)
      Object.assign(there, { quantity: change.counted, waiting: there.waiting || waiting })
      continue
    }
    const from = at(change.lot, change.from), to = at(change.lot, change.to)
    Object.assign(from, { quantity: minus(from.quantity, change.quantity), waiting: from.waiting || waiting })
    Object.assign(to, { quantity: plus(to.quantity, change.quantity), waiting: to.waiting || waiting })
  }
  return places.filter((one) => one.waiting || !isNone(one.quantity))
}

// What is on hand, promised, and free: not blocked, and not past the last day of its lot.
export function summed(places, blocked, today) {
  const sum = (some, key) => plus('0', ...some.map((one) => one[key]))
  const usable = places.filter((one) => !blocked.has(one.place) && (!one.expires || one.expires >= today))
  return { hand: sum(places, 'quantity'), promised: sum(places, 'reserved'), free: minus(sum(usable, 'quantity'), sum(usable, 'reserved')) }
}
