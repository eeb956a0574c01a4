import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { readCode } from '../js/scan/codes.js'

const cases = JSON.parse(readFileSync(new URL('../../../tests/kernel/label_codes.json', import.meta.url)))

for (const { text, is } of cases) {
  test(`${JSON.stringify(text.slice(0, 90))} is ${is?.kind ?? 'no label of ours'}`, () => assert.deepEqual(readCode(text), is))
}
