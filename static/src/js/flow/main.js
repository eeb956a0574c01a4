// Scanning by the phone's own catalogue: what a code means is known at once, with a network or without. The server is asked
// only for what the phone does not know. Without a catalogue the page is as the server made it.
import { answered, feedback } from '../scan/feedback.js'
import { Counting } from './count.js'
import { lyingAt } from './goods.js'
import { known } from './known.js'
import { Looking } from './look.js'
import { Moving } from './move.js'
import { receiving } from './papers.js'
import { answer, problem } from './problem.js'
import { meant } from './read.js'
import { show } from './sheet.js'
import { nameOf, say } from './words.js'

const CHOICE = 'scan.flow'
const MODES = { move: Moving, count: Counting, look: Looking }

export class Flow {
  constructor() {
    this.catalogue = null
    this.modes = Object.fromEntries(Object.entries(MODES).map(([name, Mode]) => [name, new Mode(this)]))
    this.turn = Promise.resolve()
  }

  // Where the page has its words: it may come and go with a sheet under a running camera.
  get root() {
    return document.querySelector('[data-flow-page]')
  }

  // The page of those who may not move offers one alone.
  get mode() {
    let name = this.root?.dataset.flowOnly
    try { name ??= localStorage.getItem(CHOICE) } catch { /* asked again next time */ }
    return this.modes[name] ?? this.modes.move
  }

  // Not where the server has a move half done, nor on another kind of page that a visit brought.
  get active() {
    return Boolean(this.catalogue && this.root) && !new URLSearchParams(location.search).has('product') && !('visiting' in document.body.dataset)
  }

  choose(name) {
    try { localStorage.setItem(CHOICE, name) } catch { /* for this page only */ }
    answered()
    return this.mode.start()
  }

  // One after the other, each with the catalogue as it is now.
  then(work) {
    this.turn = this.turn.then(async () => {
      this.catalogue = await known() ?? this.catalogue
      await work()
    }).catch((error) => { setTimeout(() => { throw error }) })
    return this.turn
  }

  async scan(detail) {
    answered()
    this.picks = this.typed = null
    await this.mode.scan(meant(this.catalogue, detail, { fnc1: this.root.dataset.fnc1, company: location.pathname.split('/')[2] }), detail)
  }

  // What the phone does not know the server may; but not while something is in hand.
  unknown(found, detail, busy) {
    if (navigator.onLine && !busy) return void document.dispatchEvent(new CustomEvent('scan:code', { detail: { ...detail, server: true }, cancelable: true }))
    const [other] = found.other, receive = !busy && receiving(this.root, found.other)
    if (receive) return location.assign(receive)
    return problem('stops', other ? 'otherThing' : 'unknown', { code: other?.row[1] ?? detail.text.trim().slice(0, 60) }, { back: () => this.mode.back() })
  }

  several({ places, goods }, then) {
    const choices = [...places.map((row) => [{ places: [row], goods: [], other: [] }, { name: row[1] }]),
      ...goods.map((one) => [{ places: [], goods: [one], other: [] }, { name: nameOf(one.row), sub: one.row[1] }])]
    show('list', { title: say('several') }, { rows: choices.map(([, row]) => row) })
    this.picks = (index) => then(choices[index][0])
    return feedback('asks', say('several'))
  }

  async place(place, title, then, page) {
    const { found, rows } = await lyingAt(this.catalogue, place[1])
    show('list', { name: place[1], sub: '', title: rows.length ? say(title) : '', none: !rows.length, page }, { rows })
    this.picks = (index) => then(found[index].goods, found[index].lot)
  }

  page(name, values) {
    return `${this.root.dataset[`${name}Page`]}?${new URLSearchParams(values)}`
  }

  press({ dataset: { flowDo: way, index } }) {
    const ways = { pick: () => this.picks?.(Number(index)), undo: () => this.mode.undo?.back(), book: () => this.mode.book(), leave: () => this.mode.leave(), start: () => this.mode.start() }
    return (ways[way] ?? (() => answer(way)))()
  }

  count({ product, row, lot, place }) {
    this.choose('count')
    this.mode.place = place
    return this.mode.begin({ product, row, lot: lot.lot, factor: '1' }, lot, '0')
  }
}
