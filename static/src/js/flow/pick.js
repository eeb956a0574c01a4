// Picking without a network: each scan is an entry that says how many more were taken of a line; the page's figures step at once.
import { isMore, minus, plus } from '../pack/decimals.js'
import { count, day } from '../words.js'
import { feedback } from '../scan/feedback.js'
import { linesOf } from './codes.js'
import { today } from './known.js'
import { linesPicked, NEAR } from './picked.js'
import { answer, problem } from './problem.js'
import { send } from './send.js'
import { judged } from './shelf.js'
import { show, tell } from './sheet.js'
import { line as joined, say } from './words.js'

const many = (quantity, line) => `${count(quantity)}\u00a0${line.unit}`

export class Picking {
  constructor(root) {
    this.root = root
    this.list = document.querySelector('[data-pick-lines]')
    this.at = root.dataset.flowPick
    this.shownAt = Date.parse(document.documentElement.dataset.kept ?? '') || Date.now()
    this.open = null
  }

  lines() {
    return linesPicked(this.list, this.shownAt)
  }

  async start() {
    const lines = await this.lines()
    const open = lines.find((line) => line.line === this.open) ?? lines.find((line) => isMore(line.left, '0')) ?? lines[0]
    if (!open) return
    const others = lines.filter((line) => line !== open)
    show('picking', { ...open, sub: joined(open.lot && say('lot', { lot: open.lot }), day(open.expires)), picked: count(open.picked), quantity: count(open.quantity),
      left: isMore(open.left, '0') ? say('left', { n: many(open.left, open) }) : say('all'), less: isMore(open.picked, '0') && open.waiting },
    { rows: others.map((line) => ({ name: line.name, sub: joined(isMore(line.left, '0') ? joined(line.place, line.lot) : say('all'), line.waiting && say('waiting')), right: `${count(line.picked)} / ${many(line.quantity, line)}` })) })
    const bar = document.querySelector('main.sheet [data-flow-bar]')
    Object.assign(bar, { max: Number(open.quantity) || 1, value: Number(open.picked) })
    this.others = others
    this.shown = open
  }

  async scan(detail) {
    const lines = await this.lines()
    const place = lines.find((line) => line.place.toLowerCase() === detail.text.trim().toLowerCase())
    if (place) return this.stand(place)
    const { hits, lot } = linesOf(lines, detail, this.root.dataset.fnc1)
    const back = () => this.start()
    const [first] = hits
    if (!first) return problem('stops', 'wrong', { code: detail.text.trim().slice(0, 60) }, { back })
    const ours = lot ? hits.filter(({ line }) => line.lot === lot) : hits
    if (!ours.length) return problem('stops', 'wrongLot', { lot: first.line.lot, name: first.line.name }, { back })
    const open = ours.filter(({ line }) => isMore(line.left, '0'))
    if (!open.length) return problem('stops', 'over', { n: many(ours[0].line.quantity, ours[0].line), name: ours[0].line.name }, { back })
    const { line, step } = open.find((one) => one.line.place === this.at) ?? open[0]
    const life = judged(line.expires, line.least, today())
    if (life === 'stops') return problem('stops', 'expired', { day: day(line.expires), name: line.name, sub: line.lot && say('lot', { lot: line.lot }) }, { back })
    if (isMore(step, line.left)) return problem('stops', 'tooMuch', { left: many(line.left, line), n: many(step, line), name: line.name }, { back })
    if (life === 'asks') return problem('asks', 'near', { day: day(line.expires), least: line.least, name: line.name, sub: line.lot && say('lot', { lot: line.lot }) }, { back, really: () => this.take(line, step, NEAR) })
    return this.take(line, step)
  }

  async stand(line) {
    this.at = line.place
    this.open = line.line
    feedback('taken', say('atPlace', { place: line.place }))
    await this.start()
  }

  async take(line, taken, accept = '') {
    this.open = line.line
    try {
      await send('pick', { line_id: line.line, taken, accept, at: this.at, goods: line.name, unit: line.unit, place: line.place }, location.pathname + location.search, () => this.start())
    } catch { return problem('stops', 'full', {}, { back: () => this.start() }) }
    feedback('taken', taken.startsWith('-') ? say('putBack', { n: many(taken.slice(1), line) }) : say('more', { n: many(taken, line) }))
    await this.start()
    return tell(joined(`${count(plus(line.picked, taken))} / ${many(line.quantity, line)}`, line.name))
  }

  press(way, index) {
    if (way === 'less') return this.take(this.shown, isMore('1', this.shown.picked) ? minus('0', this.shown.picked) : '-1')
    if (way !== 'pick') return answer(way)
    this.open = this.others[index].line
    return this.start()
  }
}
