// Goods, then a shelf: moved. A shelf first says from where.
import { isNone } from '../pack/decimals.js'
import { feedback } from '../scan/feedback.js'
import { lately } from './done.js'
import { listing, lotOf, placeNamed, placesOf } from './goods.js'
import { Holding } from './hold.js'
import { problem } from './problem.js'
import { show } from './sheet.js'
import { nameOf, say } from './words.js'

export class Moving extends Holding {
  async start() {
    Object.assign(this, { held: null, choice: null })
    show('start', { mode: 'move', source: this.source?.[1], nowhere: !this.source, move: true, undo: this.undo?.words, seconds: this.undo?.left() },
      { done: await lately() })
  }

  async scan(found, detail) {
    const [place] = found.places
    if (found.places.length + found.goods.length === 0) return this.flow.unknown(found, detail, this.held || this.choice)
    if (found.places.length + found.goods.length > 1) return this.flow.several(found, (one) => this.scan(one, detail))
    if (place) return this.held ? this.to(place) : this.at(place)
    const [goods] = found.goods
    if (this.held) return this.again(goods)
    return this.goods(goods)
  }

  // A shelf before any goods: what lies there, and from where the next goods are taken.
  async at(place) {
    if (this.choice) {
      const here = this.choice.places.filter((one) => one.place === place[1])
      if (here.length === 1) return this.hold(this.choice.goods, here[0], place)
    }
    this.source = place
    feedback('taken', place[1])
    await this.flow.place(place, 'tapGoods', (goods, lot) => this.hold(goods, lot, place))
  }

  async goods(goods) {
    const all = (await placesOf(this.flow.catalogue, goods)).filter((one) => !isNone(one.quantity) && !one.quantity.startsWith('-'))
    const here = all.filter((one) => one.place === this.source?.[1]), elsewhere = all.filter((one) => !this.put.has(`${one.lot} ${one.place}`))
    const places = [here, elsewhere, all].find((some) => some.length) ?? []
    if (places.length === 1) return this.hold(goods, places[0], placeNamed(this.flow.catalogue, places[0].place))
    if (!places.length) return this.nowhere(goods)
    this.choice = { goods, places }
    feedback('taken', nameOf(goods.row))
    show('list', { name: nameOf(goods.row), sub: goods.row[1], title: say('tapPlace') }, { rows: listing(places, goods.row) })
    this.flow.picks = (index) => this.hold(goods, places[index], placeNamed(this.flow.catalogue, places[index].place))
  }

  // The books of this phone have none of it: it may lie on the shelf in front of one all the same.
  async nowhere(goods) {
    const lot = this.source && lotOf(this.flow.catalogue, goods)
    if (!lot) return problem('stops', 'nowhere', { name: nameOf(goods.row) }, { back: () => this.start() })
    return problem('asks', 'notAtPlace', { place: this.source[1], name: nameOf(goods.row) }, {
      back: () => this.start(), really: () => this.hold(goods, { ...lot, quantity: '0', reserved: '0' }, this.source) })
  }
}
