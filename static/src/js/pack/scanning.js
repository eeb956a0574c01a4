// Scanning without a network: what a code means, where the goods lie, and a move of them, which waits to be sent.
import { catalogue as open, sayAge } from './main.js'
import { meaning } from './meaning.js'
import { Sheet } from './sheet.js'
import { lyingAt, placesOf } from './places.js'
import { plus } from './decimals.js'
import { count, filled, put } from './words.js'

const today = () => new Date().toLocaleDateString('sv')

class Scanning extends Sheet {
  constructor(root, catalogue) {
    super(root, catalogue)
    Object.assign(this, { form: document.getElementById('move'), source: null, goods: null })
    this.company = location.pathname.split('/')[2]
    this.ids = new Map([...catalogue.codes].map(([id, code]) => [code, id]))
  }

  async start() {
    this.goods = null
    this.form.elements.code.value = ''
    this.step('start')
    const waits = (await this.catalogue.waiting()).filter((entry) => /\/stock\/transfers$/.test(entry.path))
    this.list('waiting', waits.reverse().map((entry) => ({ name: entry.title, sub: entry.sub, waiting: true, tap: () => location.assign(`/c/${this.company}/outbox`) })))
  }

  async take(text, whole) {
    const found = meaning(this.catalogue, text, this.company, whole)
    if (this.goods) return this.next(text, found)
    if (!found.length) return this.say(filled(this.words.unknown, { code: text }), true)
    if (found.length === 1) return this.opened(found[0])
    this.say(this.words.many)
    this.step('several')
    return this.list('several', found.map((one) => ({ ...this.about(one), tap: () => this.opened(one) })))
  }

  // Goods are in hand: a place is where they go, the same goods are one more of them.
  next(text, found) {
    const place = found.find((one) => one.kind === 'inventory.location')
    if (place) return this.move(place.row[1])
    const more = found.find((one) => (one.product ?? one.id) === this.goods.product && (!one.product || one.id === this.goods.lot))
    if (!more) return this.say(filled(this.words.noPlace, { code: text }), true)
    const field = document.querySelector('[name=quantity]'), factor = more.factor ?? '1'
    field.value = plus(field.value || '0', factor)
    return this.say(filled(this.words.more, { n: count(factor), unit: this.goods.unit }))
  }

  async opened(one) {
    if (one.kind === 'inventory.location') this.source = one.row[1]
    else if (one.kind !== 'catalog.product' && one.kind !== 'inventory.lot') return location.assign(this.catalogue.page(one.kind, one.id))
    const lying = one.kind === 'inventory.location' ? await lyingAt(this.catalogue, one.row[1]) : await placesOf(this.catalogue, one)
    const here = lying.filter((goods) => goods.place === this.source), choice = here.length ? here : lying
    const { name, sub } = this.about(one)
    if (choice.length === 1 && one.kind !== 'inventory.location' && 'mayMove' in this.words) return this.choose(choice[0], one.factor)
    put(this.root, 'thing', name)
    put(this.root, 'about', sub ?? '')
    this.root.querySelector('[data-nothing]').hidden = choice.length > 0
    this.step('goods')
    this.list('goods', choice.map((goods) => ({ ...this.row(goods, one), tap: () => ('mayMove' in this.words ? this.choose(goods, one.factor) : location.assign(`${this.words.card}#${goods.product}`)) })))
    return this.say(filled(this.words.got, { name }))
  }

  choose(goods, factor = '1') {
    this.goods = goods
    const stops = Boolean(goods.expires && goods.expires < today())
    this.inHand(goods, factor)
    this.step('move', stops)
    this.say(stops ? this.words.stopped : filled(this.words.got, { name: goods.name }), stops)
  }

  move(place) {
    const { goods, form } = this
    if (place === goods.place) return this.say(this.words.same, true)
    if (goods.expires && goods.expires < today() && !this.catalogue.blocked.has(place)) return this.say(this.words.stopped, true)
    const fields = { product_id: goods.product, lot_id: goods.lot, from_id: this.ids.get(goods.place), unit: goods.unit, goods: goods.name, place: goods.place, code: place }
    for (const [name, value] of Object.entries(fields)) form.elements.namedItem(name).value = value
    this.moving = place
    return form.requestSubmit()
  }

  async moved() {
    await this.start()
    this.say(filled(this.words.moved, { place: this.moving }))
  }
}

export async function scanHere(root) {
  if ('scanning' in root.dataset) return
  root.dataset.scanning = ''
  const flow = new Scanning(root, await open())
  document.addEventListener('scan:code', (event) => { event.preventDefault(); flow.take(event.detail.text.trim(), event.detail.source === 'camera') })
  document.addEventListener('outbox:queued', () => flow.moved())
  root.querySelector('[data-back-to-start]').onclick = () => flow.start()
  await Promise.all([flow.start(), sayAge(document.querySelector('.head [data-words]'))])
  const code = decodeURIComponent(location.hash.slice(1))
  if (code) await flow.take(code)
}
