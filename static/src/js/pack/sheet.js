// The sheet of a scan without a network: which of its parts is shown, what its lists hold, and what it says.
import { write, shown } from './rows.js'
import { count, day, filled, named, put } from './words.js'

const line = (...parts) => parts.filter(Boolean).join(' · ')

export class Sheet {
  constructor(root, catalogue) {
    Object.assign(this, { root, catalogue, words: root.dataset })
  }

  say(words, bad = false) {
    const said = document.querySelector('[data-offline-said]')
    said.hidden = false
    said.className = `scan-said ${bad ? 'bad' : 'ok'}`
    for (const mark of said.querySelectorAll('[data-mark]')) mark.hidden = mark.dataset.mark !== (bad ? 'bad' : 'ok')
    put(said, 'said', words)
    document.body.dataset.scanned = ''
    document.dispatchEvent(new CustomEvent('scan:sheet'))
  }

  step(name, stops = false) {
    document.body.classList.toggle('stops', stops)
    for (const part of document.querySelectorAll('[data-scan-step]')) part.hidden = part.dataset.scanStep !== name && !(stops && part.dataset.scanStep === 'stops')
  }

  list(name, rows) {
    const section = this.root.querySelector(`[data-list="${name}"]`), model = section.querySelector('template').content.firstElementChild
    section.hidden = !rows.length
    section.querySelector('.rows').replaceChildren(...rows.map((row) => {
      const item = model.cloneNode(true)
      write(item, row)
      item.toggleAttribute('data-waiting', Boolean(row.waiting))
      item.querySelector('button').onclick = row.tap
      return item
    }))
  }

  lotWords(code, expires) {
    return line(code && filled(this.words.lot, { lot: code }), expires && filled(this.words.expires, { day: day(expires) }))
  }

  about(one) {
    if (one.kind !== 'inventory.lot') return shown(one, this.catalogue, this.words)
    const row = this.catalogue.row('products', one.product)
    return { name: named(row[2], row[3]), sub: this.lotWords(one.row[1], one.row[2]) }
  }

  row(goods, one) {
    const lot = line(this.lotWords(goods.code, goods.expires), goods.waiting && this.words.waiting)
    return { name: one.kind === 'inventory.location' ? goods.name : goods.place, sub: lot, right: `${count(goods.quantity)} ${goods.unit}`, waiting: goods.waiting }
  }

  inHand(goods, quantity) {
    document.querySelector('[name=quantity]').value = quantity
    document.querySelector('.stepper .unit').textContent = goods.unit
    put(this.root, 'from', goods.place)
    put(this.root, 'moving', goods.name)
    put(this.root, 'lot', this.lotWords(goods.code, goods.expires))
    put(this.root, 'here', filled(this.words.here, { n: count(goods.quantity), unit: goods.unit }))
  }
}
