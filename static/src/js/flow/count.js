// A shelf, then its goods again and again: what is counted of each lot is kept when the next goods or the next shelf come.
import { plus } from '../pack/decimals.js'
import { feedback } from '../scan/feedback.js'
import { lately } from './done.js'
import { listing, lotOf, lyingAt, placesOf } from './goods.js'
import { keep } from './keep.js'
import { problem } from './problem.js'
import { show, tell } from './sheet.js'
import { line, lotWords, many, nameOf, say, unitOf } from './words.js'

export class Counting {
  constructor(flow) {
    Object.assign(this, { flow, place: null, counted: null, undo: null })
  }

  async start() {
    this.counted = null
    if (!this.place) return show('start', { mode: 'count', nowhere: true, count: true, ...this.undone() }, { done: await lately() })
    const { found, rows } = await lyingAt(this.flow.catalogue, this.place[1])
    show('shelf', { place: this.place[1], ...this.undone() }, { rows, done: await lately(3) })
    this.flow.picks = (index) => this.begin(found[index].goods, found[index].lot, '0')
    return undefined
  }

  back() { return this.draw() }

  undone() { return { undo: this.undo?.words, seconds: this.undo?.left() } }

  leave() {
    this.place = null
    return this.start()
  }

  async scan(found, detail) {
    if (found.places.length + found.goods.length === 0) return this.flow.unknown(found, detail, true)
    if (found.places.length + found.goods.length > 1) return this.flow.several(found, (one) => this.scan(one, detail))
    if (found.places.length) return this.at(found.places[0])
    if (!this.place) return problem('stops', 'shelfFirst', {}, { back: () => this.start() })
    return this.goods(found.goods[0])
  }

  async at(place) {
    if (!await this.keep()) return
    this.place = place
    feedback('taken', place[1])
    await this.start()
  }

  async goods(goods) {
    const { counted } = this
    if (counted && counted.product === goods.product && (!goods.lot || goods.lot === counted.lot.lot)) {
      counted.quantity = plus(counted.quantity, goods.factor)
      return this.draw(goods.factor)
    }
    const all = await placesOf(this.flow.catalogue, goods)
    const here = all.filter((one) => one.place === this.place[1])
    const lot = here.length === 1 ? here[0] : !here.length && lotOf(this.flow.catalogue, goods)
    if (lot) return await this.keep() && this.begin(goods, here.length ? lot : { ...lot, quantity: '0' }, goods.factor)
    if (!here.length) return problem('stops', 'noLot', { name: nameOf(goods.row) }, { back: () => this.draw() })
    show('list', { name: nameOf(goods.row), sub: goods.row[1], title: say('whichLot') }, { rows: listing(here, goods.row).map((row, at) => ({ ...row, name: here[at].code || row.name })) })
    this.flow.picks = async (index) => await this.keep() && this.begin(goods, here[index], goods.factor)
    return feedback('asks', say('whichLot'))
  }

  begin(goods, lot, quantity) {
    this.counted = { ...goods, lot, quantity }
    return this.draw(quantity)
  }

  async draw(step) {
    const { counted } = this
    if (!counted) return this.start()
    const { row, lot } = counted
    show('counting', { place: this.place[1], name: nameOf(row), sub: line(lotWords(lot), row[1]), quantity: counted.quantity, unit: unitOf(row),
      books: say('books', { n: many(lot.quantity, row) }), waiting: lot.waiting, ...this.undone() }, { done: await lately(2) })
    this.flow.typed = (text) => { counted.quantity = text.replaceAll(',', '').trim() }
    tell(line(many(counted.quantity, row), nameOf(row)))
    if (step && step !== '0') feedback('taken', say('more', { n: many(step, row) }))
    return undefined
  }

  // What was counted of these goods, when others come; nothing, where nothing was.
  async keep() {
    const { counted, place } = this
    if (!counted) return true
    if (!/^\d*\.?\d+$/.test(counted.quantity)) return problem('stops', 'figure', {}, { back: () => this.draw() })
    if (!await keep(this, counted, place)) return false
    this.counted = null
    return true
  }

  async book() {
    if (await this.keep()) await this.start()
  }
}
