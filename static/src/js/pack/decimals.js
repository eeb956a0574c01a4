// Quantities as the server writes them, four places, exact: no binary fraction touches them.
const PLACES = 4

function units(text) {
  const [, sign, whole, part = ''] = /^([-−]?)(\d*)\.?(\d*)$/.exec(String(text ?? '0').replaceAll(',', '').trim()) ?? [null, '', '0']
  const value = BigInt((whole || '0') + part.slice(0, PLACES).padEnd(PLACES, '0'))
  return sign ? -value : value
}

function written(value) {
  const digits = String(value < 0n ? -value : value).padStart(PLACES + 1, '0')
  const part = digits.slice(-PLACES).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${part ? `.${part}` : ''}`
}

export function plus(...texts) {
  return written(texts.map(units).reduce((one, other) => one + other, 0n))
}

export function minus(one, other) {
  return written(units(one) - units(other))
}

export function times(one, whole) {
  return written(units(one) * BigInt(whole))
}

export function isNone(text) {
  return units(text) === 0n
}

export function isMore(one, other) {
  return units(one) > units(other)
}
