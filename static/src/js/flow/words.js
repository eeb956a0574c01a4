// Words of the page for what goods are called, how long a lot is good, how many lie where.
import { count, day, filled, named } from '../words.js'
import { today } from './known.js'

export const line = (...parts) => parts.filter(Boolean).join(' · ')

// Words named by a data attribute of the flow's own element: `say('moved', {place})`.
export function say(name, values) {
  return filled(document.querySelector('[data-flow-words]')?.dataset[name], values)
}

export const nameOf = (row) => named(row[2], row[3])
export const unitOf = (row) => named(row[4], row[5])
export const many = (quantity, row) => `${count(quantity)}\u00a0${unitOf(row)}`

export function daysLeft(expires) {
  return Math.round((Date.parse(expires) - Date.parse(today())) / 86_400_000)
}

export const expired = (lot) => Boolean(lot.expires) && lot.expires < today()

export function expiry(expires) {
  if (!expires) return ''
  const left = daysLeft(expires)
  if (left === 0) return say('expiresToday')
  const name = (left < 0 ? 'expired' : 'expires') + (Math.abs(left) === 1 ? 'One' : '')
  return say(name, { day: day(expires), n: Math.abs(left) })
}

export const lotWords = (lot) => line(lot.code && say('lot', { lot: lot.code }), expiry(lot.expires))
