// − and + change the number in the middle, exactly: by whole units of its last decimal, never in binary fractions.
function exact(text) {
  const cleaned = String(text).replace(/[,\s]/g, '').replace('−', '-')
  if (!/^-?\d*\.?\d*$/.test(cleaned) || cleaned === '' || cleaned === '.') return { units: 0n, places: 0 }
  const [whole, part = ''] = cleaned.split('.')
  return { units: BigInt((whole === '-' || whole === '' ? `${whole}0` : whole) + part), places: part.length }
}

function scaled(number, places) {
  return number.units * 10n ** BigInt(places - number.places)
}

function written(units, places) {
  if (places === 0) return String(units)
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0')
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
  return units < 0n ? `-${text}` : text
}

export function stepped(text, by, direction, least, most) {
  const numbers = [exact(text), exact(by)]
  const limits = [least, most].map((limit) => (limit === undefined ? null : exact(limit)))
  const places = Math.max(...[...numbers, ...limits].filter(Boolean).map((number) => number.places))
  let result = scaled(numbers[0], places) + BigInt(direction) * scaled(numbers[1], places)
  if (limits[0] && result < scaled(limits[0], places)) result = scaled(limits[0], places)
  if (limits[1] && result > scaled(limits[1], places)) result = scaled(limits[1], places)
  return written(result, places)
}

export function attachSteppers() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-stepper] button')
    if (!button) return
    const stepper = button.closest('[data-stepper]')
    const input = stepper.querySelector('input')
    const { step = '1', min, max } = stepper.dataset
    input.value = stepped(input.value, step, 'more' in button.dataset ? 1 : -1, min, max)
    input.dispatchEvent(new Event('input', { bubbles: true }))
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
  document.addEventListener('focusin', (event) => {
    if (event.target.matches('[data-stepper] input')) event.target.select()
  })
}
