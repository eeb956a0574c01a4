import assert from 'node:assert/strict'
import test from 'node:test'

globalThis.document = { addEventListener() {} }
const { stepped } = await import('../js/steppers.js')

test('steps by whole units and keeps the decimals one typed', () => {
  assert.equal(stepped('24', '1', 1), '25')
  assert.equal(stepped('1.5', '1', 1), '2.5')
  assert.equal(stepped('', '1', 1), '1')
})

test('is exact where binary fractions are not', () => {
  assert.equal(stepped('0.1', '0.2', 1), '0.3')
  assert.equal(stepped('99999999.9999', '0.0001', 1), '100000000')
})

test('stops at the least and the most', () => {
  assert.equal(stepped('0.5', '1', -1, '0'), '0')
  assert.equal(stepped('2.5', '1', 1, '0', '3'), '3')
})

test('reads separators and a real minus, and starts anew from what is no number', () => {
  assert.equal(stepped('1,250.5', '1', -1), '1249.5')
  assert.equal(stepped('−2', '1', -1), '-3')
  assert.equal(stepped('twelve', '1', 1), '1')
})
