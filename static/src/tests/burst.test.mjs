import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Burst, GS } from '../js/scan/burst.js'

// Keys as a scanner sends them: [key, properties?], `pace` ms apart.
function typed(keys, pace = 8, burst = new Burst(100)) {
  let timeStamp = 1000
  let last
  for (const one of keys) {
    const [key, more = {}] = Array.isArray(one) ? one : [one]
    last = burst.key({ key, timeStamp: (timeStamp += pace), ...more })
  }
  return last
}

test('fast keys ended by Enter or Tab are a code', () => {
  assert.equal(typed([...'6901234567892', 'Enter']).scanned, '6901234567892')
  assert.equal(typed([...'A-01-1', 'Tab']).scanned, 'A-01-1')
})

test('slow keys are a person typing', () => {
  assert.equal(typed([...'6901234567892', 'Enter'], 140).scanned, undefined)
})

test('the gap is the company\'s', () => {
  assert.equal(typed([...'6901234567892', 'Enter'], 140, new Burst(200)).scanned, '6901234567892')
})

test('a key that stumbles loses nothing, many that do are a person', () => {
  const at = (times) => [...times.entries()].map(([n, timeStamp]) => ['690123456789'[n] ?? 'Enter', { timeStamp }])
  const pace = (slow) => at([...Array(13).keys()].map((n) => 1000 + 10 * n + 300 * Math.min(n, slow)))
  assert.equal(typed(pace(1)).scanned, '690123456789')
  assert.equal(typed(pace(3)).scanned, '690123456789')
  assert.equal(typed(pace(5)).scanned, undefined)
})

test('two keys are no code', () => {
  assert.equal(typed(['A', '1', 'Enter']).scanned, undefined)
})

test('shift and caps are no keys of the code', () => {
  const shifted = ['Shift', 'L', 'CapsLock', '2', '6', 'Shift', 'A', 'Enter']
  assert.equal(typed(shifted).scanned, 'L26A')
})

test('separators of GS1 come in five ways', () => {
  const ways = [[']', { ctrlKey: true }], ['Å', { ctrlKey: true, code: 'BracketRight' }], ['F8'], [GS]]
  for (const way of ways) assert.equal(typed([...'10AB', way, ...'2112', 'Enter']).scanned, `10AB${GS}2112`)
  const alt = (digit) => [digit, { altKey: true, code: `Numpad${digit}` }]
  assert.equal(typed([...'10AB', 'Alt', alt('0'), alt('2'), alt('9'), ...'2112', 'Enter']).scanned, `10AB${GS}2112`)
})

test('a composition is never a code, nor is the Enter that ends it', () => {
  const composed = ['n', 'i', 'h'].map((key) => [key, { isComposing: true }])
  assert.equal(typed([...composed, ['Enter', { isComposing: true }]]).scanned, undefined)
  assert.equal(typed([...'6901', ['Process', { keyCode: 229 }], 'Enter']).scanned, undefined)
})

test('an arrow or a shortcut ends what was typed', () => {
  assert.equal(typed([...'690', 'ArrowLeft', 'Enter']).scanned, undefined)
  assert.equal(typed([...'690', ['v', { ctrlKey: true }], 'Enter']).scanned, undefined)
})

test('what was typed before does not stand in front of the code', () => {
  const burst = new Burst(100)
  typed(['x', 'y'], 150, burst)
  assert.equal(typed([...'4006381333931', 'Enter'].map((key) => [key]), 8, { key: (event) => burst.key({ ...event, timeStamp: event.timeStamp + 5000 }) }).scanned, '4006381333931')
})
