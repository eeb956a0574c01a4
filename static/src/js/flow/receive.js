// Receiving without a network: a scan counts up its line in the page's own form, which is booked in once, at the end.
import { isMore, minus, plus } from '../pack/decimals.js'
import { count } from '../words.js'
import { answered, feedback } from '../scan/feedback.js'
import { linesOf } from './codes.js'
import { answer, problem } from './problem.js'
import { tell } from './sheet.js'
import { OTHERS, tapped } from './taps.js'
import { say } from './words.js'

function reckoned(line) {
  const field = (name) => line.form.elements.namedItem(line.good.replace(/good$/, name))?.value || '0'
  return plus(...['good', ...OTHERS].map(field))
}

export class Receiving {
  constructor(root) {
    this.root = root
    this.kept = null
    this.last = null
  }

  lines() {
    return [...document.querySelectorAll('#count [data-line][data-good]')].map((element) => ({
      ...element.dataset, element, codes: JSON.parse(element.dataset.codes || '{}'), form: document.getElementById('count'), name: element.querySelector('.box-title, .row-name')?.textContent ?? '' }))
  }

  start() {
    this.lines().forEach((line) => this.draw(line))
  }

  total() {
    const lines = this.lines(), left = lines.filter((line) => isMore(line.due, reckoned(line))).length
    const figure = document.querySelector('main.sheet .tray .fig'), words = document.querySelector('main.sheet .tray-left p')
    if (figure) figure.firstChild.textContent = count(plus('0', ...lines.map(reckoned)))
    if (words) words.textContent = left ? say('linesLeft', { n: left }) : say('all')
  }

  // The counts stand in the sheet's form, so a problem lies over it and is taken off again.
  problem(name, values) {
    const sheet = document.querySelector('main.sheet')
    this.kept ??= [...sheet.childNodes]
    problem('stops', name, values, { back: () => this.back() })
  }

  back() {
    if (!this.kept) return
    document.querySelector('main.sheet').replaceChildren(...this.kept)
    document.body.classList.remove('asks', 'stops')
    this.kept = null
    answered()
  }

  async scan(detail) {
    this.back()
    const { hits, lot } = linesOf(this.lines(), detail, this.root.dataset.fnc1)
    if (!hits.length) return this.problem('wrong', { code: detail.text.trim().slice(0, 60) })
    const ours = lot && hits.some(({ line }) => line.lot === lot) ? hits.filter(({ line }) => line.lot === lot) : hits
    const { line, step } = ours.find(({ line: one }) => isMore(one.due, reckoned(one))) ?? ours[0]
    this.add(line, 'good', step)
    const over = minus(reckoned(line), line.due)
    if (isMore(over, '0')) feedback('asks', say('over', { n: count(over) }))
    else feedback('taken', say('more', { n: `${count(step)}\u00a0${line.element.querySelector('.fig .unit')?.textContent.trim() ?? ''}`.trim() }))
    return tell(`${count(reckoned(line))} / ${count(line.due)} ${line.name}`)
  }

  add(line, what, step) {
    const name = line.good.replace(/good$/, what)
    let field = line.form.elements.namedItem(name)
    if (!field) line.element.append(field = Object.assign(document.createElement('input'), { type: 'hidden', name, value: '0' }))
    const sum = plus(field.value || '0', step)
    field.value = isMore('0', sum) ? '0' : sum
    this.last = { line: line.line, what, step }
    this.draw(line)
    this.total()
  }

  draw(line) {
    const found = reckoned(line), left = minus(line.due, found)
    const figure = line.element.querySelector('.between .fig'), bar = line.element.querySelector('progress')
    if (figure) figure.firstChild.textContent = count(found)
    if (bar) bar.value = Math.min(Number(found), Number(line.due))
    const words = line.element.querySelector('.state-line > span, .between > .small')
    if (words) words.textContent = isMore(left, '0') ? say('left', { n: count(left) }) : isMore('0', left) ? say('over', { n: count(left.slice(1)) }) : say('all')
  }

  // The page's taps, which the server would answer. Booking in waits in the outbox.
  submit(event) {
    const { target: form, submitter } = event
    if (form.id !== 'count' || submitter?.dataset.queue) return
    event.preventDefault()
    event.stopImmediatePropagation()
    tapped(this, submitter)
  }

  press(way) {
    return answer(way)
  }
}
