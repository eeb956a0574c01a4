// The move itself: an entry of the outbox, and what a person is told of it.
import { feedback } from '../scan/feedback.js'
import { uuid7 } from '../uuid7.js'
import { taken } from './done.js'
import { problem } from './problem.js'
import { send } from './send.js'
import { tell } from './sheet.js'
import { many, nameOf, say, unitOf } from './words.js'

export async function carry(moving, place) {
  const { held, flow } = moving, { row, lot } = held
  const id = uuid7(), goods = many(held.quantity, row), name = nameOf(row)
  const keys = { product_id: held.product, lot_id: lot.lot, from_id: held.place[0] }
  const page = flow.page('move', { product: held.product, lot: lot.lot, source: held.place[0], quantity: held.quantity })
  const refused = (answer, entry) => {
    moving.undo?.end()
    return problem('stops', 'refused', { why: answer.message, name: entry.title, sub: entry.sub }, { back: () => moving.back() })
  }
  try {
    await send('move', { ...keys, id, to_id: place[0], quantity: held.quantity, goods: name, unit: unitOf(row), from_words: held.place[1], to_words: place[1] }, page, refused)
  } catch {
    return problem('stops', 'full', {}, { back: () => moving.draw() })
  }
  moving.put.add(`${lot.lot} ${place[1]}`) // what was put away here just now is not what is taken next
  moving.source = null
  moving.undo?.end()
  moving.undo = taken(moving, 'undo', say('takeBack', { goods }), { of: id, lot_id: lot.lot, goods, name })
  feedback('taken', say('moved', { place: place[1] }))
  tell(say('movedAll', { n: goods, name, place: place[1] }))
  return moving.start()
}
