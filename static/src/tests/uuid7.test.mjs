import assert from 'node:assert/strict'
import test from 'node:test'
import { uuid7 } from '../js/uuid7.js'

test('is a version 7 UUID of its moment', () => {
  const id = uuid7(0x0123456789ab)
  assert.match(id, /^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('later ids sort after earlier ones, and no two are the same', () => {
  assert.ok(uuid7(1000) < uuid7(1001))
  assert.equal(new Set(Array.from({ length: 1000 }, () => uuid7(5))).size, 1000)
})
