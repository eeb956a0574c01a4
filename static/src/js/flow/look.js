// Goods or a shelf: what lies where, how much of it is free, and what is not yet confirmed; of a paper its page. Nothing is done.
import { feedback } from '../scan/feedback.js'
import { listing, placeNamed } from './goods.js'
import { pageKept, receiving } from './papers.js'
import { problem } from './problem.js'
import { show, tell } from './sheet.js'
import { line, many, nameOf, say } from './words.js'

export class Looking {
  constructor(flow) {
    this.flow = flow
  }

  back() {
    return this.start()
  }

  start() {
    return show('start', { mode: 'look', nowhere: true, look: true })
  }

  async scan(found, detail) {
    if (found.places.length + found.goods.length === 0) return this.neither(found, detail)
    if (found.places.length + found.goods.length > 1) return this.flow.several(found, (one) => this.scan(one, detail))
    const [place] = found.places
    feedback('taken', place ? place[1] : nameOf(found.goods[0].row))
    return place ? this.place(place) : this.goods(found.goods[0])
  }

  async neither(found, detail) {
    if (navigator.onLine || !found.other.length) return this.flow.unknown(found, detail, false)
    const page = receiving(this.flow.root, found.other) ?? await pageKept(this.flow.catalogue, found.other)
    return page ? location.assign(page) : problem('stops', 'notKept', { name: found.other[0].row[1] }, { back: () => this.start() })
  }

  place(place) {
    return this.flow.place(place, 'liesHere', (goods) => this.goods(goods), this.flow.catalogue.page('inventory.location', place[0]))
  }

  async goods({ product, row, lot }) {
    const stock = await this.flow.catalogue.stockOf(product)
    const places = stock.places.filter((one) => !lot || one.lot === lot)
    show('look', { mode: 'look', name: nameOf(row), sub: line(row[1], (row[8] ?? []).map(([code]) => code).join(', ')), free: many(stock.free, row), hand: many(stock.hand, row),
      promised: many(stock.promised, row), waiting: stock.waiting, none: !places.length, page: this.flow.catalogue.page('catalog.product', product) },
    { rows: listing(places, row) })
    this.flow.picks = (index) => this.place(placeNamed(this.flow.catalogue, places[index].place))
    tell(line(nameOf(row), say('freeNow', { n: many(stock.free, row) })))
  }
}
