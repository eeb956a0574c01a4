// Quantities as the server writes them, four places, exact: no binary fraction touches them.
const PLACES = 4
const OF_A_PRICE = 6
const CENT = 10n ** 8n // of a price's places and a quantity's together

function units(text, places = PLACES) {
  const [, sign, whole, part = ''] = /^([-−]?)(\d*)\.?(\d*)$/.exec(String(text ?? '0').replaceAll(',', '').trim()) ?? [null, '', '0']
  const value = BigInt((whole || '0') + part.slice(0, places).padEnd(places, '0'))
  return sign ? -value : value
}

function written(value) {
  const digits = String(value < 0n ? -value : value).padStart(PLACES + 1, '0')
  const part = digits.slice(-PLACES).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${part ? `.${part}` : ''}`
}

export function plus(...texts) {
  return written(texts.map((text) => units(text)).reduce((one, other) => one + other, 0n))
}

export function minus(one, other) {
  return written(units(one) - units(other))
}

export function times(one, whole) {
  return written(units(one) * BigInt(whole))
}

// What so many come to at a price, in money: half a cent goes up, as at the server.
export function amount(price, quantity = '1') {
  const cents = String((units(price, OF_A_PRICE) * units(quantity) + CENT / 2n) / CENT).padStart(3, '0')
  return `${cents.slice(0, -2)}.${cents.slice(-2)}`
}

export function isNone(text) {
  return units(text) === 0n
}

export function isMore(one, other) {
  return units(one) > units(other)
}
