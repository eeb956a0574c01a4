// A customer or a product from the catalogue, where the server's page is not on this phone. The id stands behind the #.
import { catalogue as open, sayAge } from './own.js'
import { pagesKept } from './keeping.js'
import { write } from './rows.js'
import { count, day, filled, named, put } from '../words.js'

const NOBODY = '00000000-0000-0000-0000-000000000000'
const line = (...parts) => parts.filter(Boolean).join(' · ')

// A list of rows by the card's own template; the section goes where there is nothing to list.
function list(card, name, rows) {
  const section = card.querySelector(`[data-list="${name}"]`)
  const model = section.querySelector('template').content.firstElementChild
  section.hidden = !rows.length
  section.querySelector('.rows').replaceChildren(...rows.map((row) => {
    const item = model.cloneNode(true)
    write(item, row)
    const link = item.querySelector('a')
    if (link && row.href) link.href = row.href
    else if (link) link.removeAttribute('href')
    item.toggleAttribute('data-waiting', Boolean(row.waiting))
    return item
  }))
}

function calls([, , name, name2, phone, , , people]) {
  const firm = phone && !(people ?? []).some(([, , number]) => number === phone) ? [{ name: named(name, name2), sub: phone, href: `tel:${phone}` }] : []
  return [...(people ?? []).map(([person, title, number]) => ({ name: person, sub: line(title, number), href: number && `tel:${number}` })), ...firm]
}

function papers(catalogue, name, kept, customer) {
  return (catalogue.tables.get(name) ?? []).filter((row) => row[3] === customer).map((row) => {
    const page = catalogue.about.get(name)?.page?.replace(NOBODY, row[0])
    return { name: row[1], sub: day(row[2]), href: kept.has(page) ? page : undefined }
  })
}

async function customer(card, id, catalogue) {
  const news = await catalogue.newCustomers()
  const row = catalogue.row('customers', id) ?? news.find((one) => one.id === id)?.row
  if (!row) return false
  const kept = await pagesKept(), name = named(row[2], row[3])
  put(card, 'name', name)
  put(card, 'sub', line(row[1], row[5], news.some((one) => one.id === id) && card.dataset.waiting))
  list(card, 'people', calls(row))
  list(card, 'addresses', (row[8] ?? []).map(([text, city]) => ({ name: text, sub: city })))
  list(card, 'follow-ups', (catalogue.tables.get('follow_ups') ?? []).filter((one) => one[1] === id).sort((a, b) => (a[2] < b[2] ? -1 : 1))
    .map((one) => { const page = catalogue.page('follow_up', one[0]); return { name: line(day(one[2]), one[3]), sub: one[4], href: kept.has(page) ? page : undefined } }))
  list(card, 'orders', papers(catalogue, 'orders', kept, id))
  for (const link of card.querySelectorAll('[data-for]')) link.href = `${link.dataset.for}#${id}`
  for (const form of card.querySelectorAll('form[data-queue]')) aimed(form, id, name)
  return true
}

// A form of the customer's, made for nobody yet.
function aimed(form, id, name) {
  form.action = form.action.replace(NOBODY, id)
  form.dataset.queueTitle = form.dataset.queueTitle.replace('{customer}', name)
  form.dataset.queueRows = form.dataset.queueRows.replace(NOBODY, id)
}

async function product(card, id, catalogue) {
  const row = catalogue.row('products', id)
  if (!row) return false
  const unit = named(row[4], row[5])
  const draw = async () => {
    const stock = await catalogue.stockOf(id)
    for (const name of ['free', 'hand', 'promised']) put(card, name, `${count(stock[name])} ${unit}`)
    list(card, 'places', stock.places.map((one) => ({ name: one.place, right: `${count(one.quantity)} ${unit}`, waiting: one.waiting,
      sub: line(one.code && filled(card.dataset.lot, { lot: one.code }), one.expires && filled(card.dataset.expires, { day: day(one.expires) }),
        one.waiting && card.dataset.waiting) })))
    card.querySelector('[data-nowhere]').hidden = stock.places.length > 0
  }
  put(card, 'name', named(row[2], row[3]))
  put(card, 'sub', line(row[1], filled(card.dataset.price, { price: Number(row[6]).toFixed(2), unit })))
  list(card, 'codes', (row[8] ?? []).map(([code, factor]) => ({ name: code, right: `${count(factor)} ${unit}` })))
  await draw()
  document.addEventListener('outbox:stored', draw)
  return true
}

const CARDS = { customer, product }

export async function showCard(card) {
  if ('shown' in card.dataset) return
  card.dataset.shown = ''
  const id = location.hash.slice(1)
  const found = await CARDS[card.dataset.packCard](card, id, await open()).catch(() => false)
  card.querySelector('[data-some]').hidden = !found
  card.querySelector('[data-none]').hidden = found
  await sayAge(card.querySelector('[data-words]'))
  window.addEventListener('hashchange', () => location.reload())
}
