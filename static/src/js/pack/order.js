// Taking an order without a network: whose and what from the catalogue; prices, stock and credit are counted when it is sent.
import { choices } from './choices.js'
import { amount, plus } from './decimals.js'
import { catalogue as open } from './own.js'
import { priceOf } from './prices.js'
import { count, day, filled, money, named, put } from '../words.js'
import { announce } from '../shown.js'

class Taking {
  constructor(root, catalogue, news) {
    Object.assign(this, { form: root.querySelector('form'), words: root.dataset, catalogue, news, lines: document.getElementById('lines') })
  }

  customer(id) {
    const row = this.catalogue.row('customers', id) ?? this.news.find((one) => one.id === id)?.row
    return row && named(row[2], row[3])
  }

  // What the fields say, in names: also after a draft or a refused order was filled in.
  draw() {
    const { form } = this, whose = this.customer(form.elements.partner_id.value)
    form.elements.customer.value = whose ?? ''
    put(document, 'customer', whose ?? '')
    document.querySelector('[data-whose]').hidden = Boolean(whose)
    for (const part of document.querySelectorAll('[data-what]')) part.hidden = !whose
    const told = [...this.lines.querySelectorAll('[data-line]')].map((line) => this.line(line)).filter(Boolean)
    form.elements.goods.value = told.map(({ words }) => words).join(' · ')
    for (const button of document.querySelectorAll('[form="order"][type="submit"]')) button.disabled = !whose || !told.length
    put(document, 'count', told.length ? filled(this.words[told.length === 1 ? 'one' : 'many'], { n: told.length }) : '')
    put(document, 'sum', told.length ? this.sum(plus(...told.map((one) => one.amount))) : '')
  }

  sum(amount) {
    return filled(this.words.sum, { sum: money(amount) })
  }

  line(line) {
    const id = line.querySelector('[name$="-product_id"]').value, row = this.catalogue.row('products', id)
    if (!row) return null
    const name = named(row[2], row[3]), unit = named(row[4], row[5]), quantity = line.querySelector('[name$="-quantity"]').value || '0'
    const paid = priceOf(this.catalogue, this.form.elements.partner_id.value, id)
    const comes = amount(paid.price, quantity)
    put(line, 'name', name)
    put(line, 'about', filled(this.words[paid.day ? 'paid' : 'about'], { price: money(amount(paid.price)), unit, day: day(paid.day) }))
    put(line, 'amount', this.sum(comes))
    return { words: `${count(quantity)} ${unit} ${name}`, amount: comes }
  }

  add(id) {
    const held = [...this.lines.querySelectorAll('[name$="-product_id"]')].find((field) => field.value === id)
    if (held) return held.closest('[data-line]').querySelector('[name$="-quantity"]').focus()
    document.querySelector('[data-add-line="lines"]').click()
    this.lines.querySelectorAll('[data-line]').item(this.lines.querySelectorAll('[data-line]').length - 1).querySelector('[name$="-product_id"]').value = id
    return announce(this.lines)
  }

  found(box) {
    const holder = document.querySelector(box.dataset.packFind), kind = holder.dataset.kind
    const rows = this.catalogue.search(box.value, [kind]).flatMap((group) => group.rows)
    const typed = box.value.trim().toLowerCase()
    const own = kind === 'customer' ? this.news.filter((one) => typed ? one.text.includes(typed) : true) : []
    choices(holder, [...own, ...rows].slice(0, 12), this.catalogue, this.words, kind)
    holder.querySelector('[data-none]').hidden = !typed || own.length + rows.length > 0
  }

  choose(button) {
    if (button.dataset.chosen === 'customer') this.form.elements.partner_id.value = button.value
    else this.add(button.value)
    for (const box of document.querySelectorAll('[data-pack-find]')) { box.value = ''; this.found(box) }
    this.form.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

export async function takeOrder(root) {
  if ('taking' in root.dataset) return
  root.dataset.taking = ''
  const catalogue = await open(), taking = new Taking(root, catalogue, await catalogue.newCustomers()), { form } = taking
  const id = location.hash.slice(1)
  if (taking.customer(id)) form.elements.partner_id.value = id
  document.addEventListener('input', ({ target }) => {
    if (target.matches?.('[data-pack-find]')) taking.found(target)
    else if (target === form || target.form === form) taking.draw()
  })
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-chosen]')
    if (button) taking.choose(button)
    if (target.closest('[data-other]')) { form.elements.partner_id.value = ''; taking.draw() }
    if (target.closest('[data-remove-line], [data-more], [data-less]')) setTimeout(() => taking.draw())
  })
  for (const box of document.querySelectorAll('[data-pack-find]')) taking.found(box)
  taking.draw()
}
