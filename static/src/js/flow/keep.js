// A count itself: an entry of the outbox for each product and lot, and ten seconds to take it back.
// The figure is the phone's, which may be old: the books judge it as of now.
import { minus } from '../pack/decimals.js'
import { feedback } from '../scan/feedback.js'
import { uuid7 } from '../uuid7.js'
import { taken } from './done.js'
import { problem } from './problem.js'
import { send } from './send.js'
import { many, nameOf, say, unitOf } from './words.js'

export async function keep(counting, { product, row, lot, quantity }, place) {
  const { flow } = counting, id = uuid7(), goods = many(quantity, row), name = nameOf(row), back = () => counting.draw()
  const keys = { product_id: product, lot_id: lot.lot, location_id: place[0] }
  const refused = (answer, entry) => {
    counting.undo?.end()
    return problem('stops', 'refused', { why: answer.message, name: entry.title, sub: entry.sub }, { back })
  }
  const values = { ...keys, id, book: lot.quantity, shown_at: 'phone', counted: quantity, reason: 'count', goods: name, unit: unitOf(row), place_words: place[1] }
  try {
    await send('count', values, flow.page('count', { location: place[0], product, lot: lot.lot }), refused)
  } catch {
    await problem('stops', 'full', {}, { back })
    return false
  }
  counting.undo?.end()
  counting.undo = taken(counting, 'undo-count', say('takeBackCount', { goods }), { of: id, lot_id: lot.lot, goods, name })
  const n = minus(quantity, lot.quantity)
  feedback('taken', n === '0' ? say('countedSame') : say('countedOther', { n: many(n, row) }))
  return true
}
