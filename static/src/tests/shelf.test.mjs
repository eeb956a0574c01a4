import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { judged } from '../js/flow/shelf.js'

const { cases } = JSON.parse(readFileSync(new URL('../../../tests/sales/shelf_life_cases.json', import.meta.url)))

test('short-dated goods are judged as the server judges them', () => {
  for (const [expires, least, day, said] of cases) {
    for (const written of [least, String(least)]) assert.equal(judged(expires ?? '', written, day), said, `${expires} ${least} ${day}`)
  }
})
