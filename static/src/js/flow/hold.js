// What is in hand: the same goods again are one more, other goods stop, a shelf is where they go.
import { isMore, isNone, plus } from '../pack/decimals.js'
import { feedback } from '../scan/feedback.js'
import { carry } from './carry.js'
import { lately } from './done.js'
import { blockedPlace, placeNamed, placesOf } from './goods.js'
import { problem } from './problem.js'
import { show, tell } from './sheet.js'
import { expired, expiry, line, lotWords, many, nameOf, say, unitOf } from './words.js'

export class Holding {
  constructor(flow) {
    Object.assign(this, { flow, source: null, put: new Set(), held: null, choice: null, undo: null })
  }

  // The server's sheet has come: what was in hand here is not any more.
  forget() {
    Object.assign(this, { held: null, choice: null })
  }

  back() {
    return this.held ? this.draw() : this.start()
  }

  hold(goods, lot, place) {
    this.held = { ...goods, lot, place, quantity: goods.factor, beyond: isNone(lot.quantity) }
    this.choice = null
    if (expired(lot)) return this.expired(place)
    return this.counted(goods.factor)
  }

  async again(goods) {
    const { held } = this
    const other = goods.product !== held.product
    if (other || (goods.lot && goods.lot !== held.lot.lot)) {
      return problem('stops', other ? 'otherGoods' : 'otherLot', { name: nameOf(goods.row), held: `${many(held.quantity, held.row)} ${nameOf(held.row)}`, lot: held.lot.code },
        { back: () => this.draw(), instead: () => { this.held = null; return this.goods(goods) } })
    }
    held.quantity = plus(held.quantity, goods.factor)
    if (expired(held.lot)) return this.expired(held.place)
    return this.counted(goods.factor)
  }

  async counted(step) {
    const { held } = this
    if (!held.beyond && isMore(held.quantity, held.lot.quantity)) return this.tooMany()
    feedback('taken', say('more', { n: many(step, held.row) }))
    tell(line(many(held.quantity, held.row), nameOf(held.row)))
    return this.draw()
  }

  async draw() {
    const { held } = this, { row, lot } = held
    const targets = (await placesOf(this.flow.catalogue, { product: held.product })).filter((one) => one.place !== held.place[1])
    const places = [...new Set(targets.map((one) => one.place))].map((code) => placeNamed(this.flow.catalogue, code)).filter(Boolean)
    show('hold', { from: held.place[1], name: nameOf(row), sub: line(lotWords(lot), row[1]), quantity: held.quantity, unit: unitOf(row),
      here: say('here', { n: many(lot.quantity, row) }), promised: lot.reserved && !isNone(lot.reserved) ? say('promised', { n: many(lot.reserved, row) }) : '',
      waiting: lot.waiting, undo: this.undo?.words, seconds: this.undo?.left() }, { places: places.slice(0, 4).map((place) => ({ name: place[1] })), done: await lately(2) })
    this.flow.picks = (index) => this.to(places[index])
    this.flow.typed = (text) => { held.quantity = text.replaceAll(',', '').trim() }
  }

  tooMany() {
    const { held } = this, there = many(held.lot.quantity, held.row)
    return problem('asks', navigator.onLine ? 'tooManyHere' : 'tooMany', { there, n: many(held.quantity, held.row), name: nameOf(held.row), sub: line(lotWords(held.lot), held.place[1]) }, {
      less: () => { held.quantity = held.lot.quantity; return this.draw() },
      really: () => { held.beyond = true; return this.draw() },
      count: () => this.flow.count(held) })
  }

  expired() {
    const { held } = this, bin = blockedPlace(this.flow.catalogue, held.place)
    return problem('stops', 'lotExpired', { since: expiry(held.lot.expires), bin: bin?.[1], name: nameOf(held.row),
      sub: line(held.lot.code && say('lot', { lot: held.lot.code }), held.place[1], many(held.quantity, held.row)) },
    { bin: bin && (() => this.to(bin)), back: () => this.start() })
  }

  async to(place) {
    const { held } = this
    if (!/^\d*\.?\d+$/.test(held.quantity) || isNone(held.quantity)) return problem('stops', 'quantity', {}, { back: () => this.draw() })
    if (place[0] === held.place[0]) return problem('stops', 'same', { place: place[1] }, { back: () => this.draw() })
    if (expired(held.lot) && place[2] !== 'blocked') return this.expired()
    if (!held.beyond && isMore(held.quantity, held.lot.quantity)) return this.tooMany()
    return carry(this, place)
  }
}
