// Rows of the catalogue as the server's rows show them: the markup and the words come with the page.
import { count, day, filled, named } from '../words.js'
import { summed } from './stock.js'

const line = (...parts) => parts.filter(Boolean).join(' · ')

function ofProduct({ row, id }, catalogue, words) {
  const places = (catalogue.stock.get(id)?.[1] ?? []).flatMap(([, , expires, some]) => some.map(([place, quantity, reserved]) => ({ place, quantity, reserved, expires })))
  const stock = summed(places, catalogue.blocked, new Date().toLocaleDateString('sv'))
  const about = filled(words.stock, { there: count(stock.hand), promised: count(stock.promised) })
  return { name: named(row[2], row[3]), sub: line(row[1], about), right: `${count(stock.free)} ${named(row[4], row[5])}` }
}

function ofFirm({ row, waiting }, _catalogue, words) {
  const [person] = row[7] ?? []
  return { name: named(row[2], row[3]), sub: line(person?.[0], person?.[2] ?? row[4], row[1], waiting && words.waiting) }
}

const SHOWN = {
  'catalog.product': ofProduct,
  customer: ofFirm,
  supplier: ofFirm,
  lead: ({ row }) => ({ name: row[1], sub: line(row[2], row[3], row[7]) }),
  'inventory.location': ({ row }) => ({ name: row[1], sub: named(row[3], row[4]) }),
}
const ofPaper = ({ row }) => ({ name: row[1], sub: line(named(row[4], row[5]), day(row[2])) })

export function shown(one, catalogue, words) {
  return (SHOWN[one.kind] ?? ofPaper)(one, catalogue, words)
}

export function write(item, { name, sub, right }) {
  item.querySelector('.row-name').textContent = name
  const about = item.querySelector('.row-sub'), figure = item.querySelector('.row-right')
  if (about) about.textContent = sub ?? ''
  if (figure) { figure.textContent = right ?? ''; figure.hidden = !right }
}
