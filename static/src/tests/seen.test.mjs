import assert from 'node:assert/strict'
import { test } from 'node:test'
import { within } from '../js/scan/frames.js'
import { checked, Seen } from '../js/scan/seen.js'

const milk = { text: '6901234567892', format: 'EAN13', away: 5 }
const shelf = { text: 'A-01-1', format: 'Code128', away: 90 }
const taken = (seen, codes, at) => seen.look(codes, at)?.text

function shown(code) {
  const seen = new Seen()
  taken(seen, [code], 0)
  assert.equal(taken(seen, [code], 80), code.text)
  return seen
}

test('a square is taken at the first look, bars when two pictures agree, short or unchecked ones when three do', () => {
  const first = (code) => [0, 80, 160].find((at, _, looks) => (looks.seen ??= new Seen()).look([code], at))
  assert.equal(first({ text: 'https://example.org', format: 'QRCode', away: 0 }), 0)
  assert.equal(first(milk), 80)
  assert.equal(first({ text: '15400141288763', format: 'ITF', away: 0 }), 80)
  assert.equal(first({ text: '15400141288764', format: 'ITF', away: 0 }), 160)
  assert.equal(first({ text: '96385074', format: 'EAN8', away: 0 }), 160)
  assert.equal(checked('15400141288764'), false)
})

test('a misread between two reads is not taken', () => {
  const seen = new Seen()
  assert.equal(taken(seen, [milk], 0), undefined)
  assert.equal(taken(seen, [{ ...milk, text: '6901234567885' }], 80), undefined)
  assert.equal(taken(seen, [milk], 160), milk.text)
})

test('what was read less often than another of its kind beside it is a misread', () => {
  const seen = new Seen()
  const misread = { ...milk, text: '9074932437075', away: 0 }
  for (let at = 0; at < 400; at += 80) taken(seen, [milk], at)
  for (let at = 400; at < 640; at += 80) assert.equal(taken(seen, [misread, milk], at), undefined)
})

test('a code is taken once for as long as it stays in view', () => {
  const seen = shown(milk)
  for (let at = 160; at < 5000; at += 80) assert.equal(taken(seen, at % 400 ? [milk] : [], at), undefined)
})

test('it is taken again once it has left the view', () => {
  const seen = shown(milk)
  for (let at = 160; at <= 720; at += 80) assert.equal(taken(seen, [], at), undefined)
  taken(seen, [milk], 800)
  assert.equal(taken(seen, [milk], 880), milk.text)
})

test('a pause in which nobody looked is no leaving', () => {
  const seen = shown(milk)
  for (const at of [3000, 3080]) assert.equal(taken(seen, [milk], at), undefined)
})

test('another code is taken at once', () => {
  const seen = shown(milk)
  taken(seen, [shelf], 160)
  assert.equal(taken(seen, [shelf], 240), shelf.text)
})

test('of several the nearest the middle is taken, and not its neighbour right after', () => {
  const seen = new Seen()
  taken(seen, [shelf, milk], 0)
  assert.equal(taken(seen, [shelf, milk], 80), milk.text)
  assert.equal(taken(seen, [{ ...shelf, away: 1 }, milk], 160), undefined)
  for (let at = 240; at < 1280; at += 80) assert.equal(taken(seen, [shelf], at), undefined)
  assert.equal(taken(seen, [shelf], 1360), shelf.text)
})

test('the frame on the screen is found in a picture that covers the view', () => {
  const view = { left: 0, top: 0, width: 390, height: 336 }
  const frame = { left: 60, top: 122, width: 270, height: 136 }
  // 1920 × 1080 is cut off at the sides: 1080 / 336 = 3.214 px of the picture a px of the screen.
  assert.deepEqual(within(frame, view, { width: 1920, height: 1080 }), { x: 526, y: 392, width: 868, height: 437 })
  const wide = within(frame, view, { width: 1080, height: 1920 }, 0.15)
  assert.ok(wide.x >= 0 && wide.x + wide.width <= 1080 && wide.y + wide.height <= 1920)
})
