import assert from 'node:assert/strict'
import { test } from 'node:test'
import { within } from '../js/scan/frames.js'
import { checked, Seen, weak } from '../js/scan/seen.js'

const milk = { text: '6901234567892', format: 'EAN13', away: 5 }
const shelf = { text: 'A-01-1', format: 'Code128', away: 90 }
const taken = (seen, codes, at) => seen.look(codes, at)?.text

test('a code is taken once for as long as it stays in view', () => {
  const seen = new Seen()
  assert.equal(taken(seen, [milk], 0), milk.text)
  for (let at = 80; at < 5000; at += 80) assert.equal(taken(seen, at % 400 ? [milk] : [], at), undefined)
})

test('it is taken again once it has left the view', () => {
  const seen = new Seen()
  taken(seen, [milk], 0)
  for (let at = 80; at <= 640; at += 80) assert.equal(taken(seen, [], at), undefined)
  assert.equal(taken(seen, [milk], 720), milk.text)
})

test('a pause in which nobody looked is no leaving', () => {
  const seen = new Seen()
  taken(seen, [milk], 0)
  assert.equal(taken(seen, [milk], 3000), undefined)
})

test('another code is taken at once', () => {
  const seen = new Seen()
  taken(seen, [milk], 0)
  assert.equal(taken(seen, [shelf], 80), shelf.text)
})

test('of several the nearest the middle is taken, and not its neighbour right after', () => {
  const seen = new Seen()
  assert.equal(taken(seen, [shelf, milk], 0), milk.text)
  assert.equal(taken(seen, [{ ...shelf, away: 1 }, milk], 80), undefined)
  for (let at = 160; at < 1200; at += 80) assert.equal(taken(seen, [shelf], at), undefined)
  assert.equal(taken(seen, [shelf], 1280), shelf.text)
})

test('what has no check digit is read twice before it is taken', () => {
  const seen = new Seen()
  const itf = { text: '123456', format: 'ITF', away: 0 }
  assert.equal(taken(seen, [itf], 0), undefined)
  assert.equal(taken(seen, [{ ...itf, text: '123450' }], 80), undefined)
  assert.equal(taken(seen, [itf], 160), itf.text)
  assert.equal(weak({ text: '15400141288763', format: 'ITF' }), false)
  assert.equal(checked('15400141288764'), false)
})

test('the frame on the screen is found in a picture that covers the view', () => {
  const view = { left: 0, top: 0, width: 390, height: 336 }
  const frame = { left: 60, top: 122, width: 270, height: 136 }
  // 1920 × 1080 is cut off at the sides: 1080 / 336 = 3.214 px of the picture a px of the screen.
  assert.deepEqual(within(frame, view, { width: 1920, height: 1080 }), { x: 526, y: 392, width: 868, height: 437 })
  const wide = within(frame, view, { width: 1080, height: 1920 }, 0.15)
  assert.ok(wide.x >= 0 && wide.x + wide.width <= 1080 && wide.y + wide.height <= 1920)
})
