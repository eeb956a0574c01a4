import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { readGs1 } from '../js/scan/gs1.js'

const cases = JSON.parse(readFileSync(new URL('../../../tests/kernel/scanning/gs1_cases.json', import.meta.url), 'utf8'))

for (const { name, text, fnc1, readings, why = '', about = {} } of cases) {
  test(`${name}: as the server reads it`, () => {
    const said = readGs1(text, { fnc1 })
    assert.deepEqual(said.readings, readings)
    assert.deepEqual([said.why, said.about], [why, about])
  })
}

test('a camera loses no separators, so nothing is asked about them', () => {
  const text = ']C1010690123456789210L2617270318'
  assert.equal(readGs1(text).readings.length, 2)
  assert.equal(readGs1(text, { whole: true }).readings.length, 1)
})
