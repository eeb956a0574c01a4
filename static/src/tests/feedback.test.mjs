import assert from 'node:assert/strict'
import { test } from 'node:test'

// A page, a phone and a loudspeaker as far as feedback needs them.
const said = { played: [], shaken: [], hidden: true, words: { textContent: '' } }
const pill = { dataset: { taken: 'Got it', asks: 'Needs your answer', stops: 'Not taken' }, querySelector: () => said.words,
  get hidden() { return said.hidden }, set hidden(value) { said.hidden = value } }
const touched = {}
class Sound {
  state = 'running'
  currentTime = 0
  destination = {}
  createGain() { return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect: (to) => to } }
  createOscillator() {
    const tone = { frequency: {}, connect: (to) => to, start: (from) => { tone.from = from } }
    tone.stop = (end) => said.played.push([tone.frequency.value, Math.round(1000 * (end - tone.from))])
    return tone
  }
}
globalThis.window = { AudioContext: Sound }
globalThis.CustomEvent = class { constructor(name, { detail }) { Object.assign(this, { name, detail }) } }
globalThis.document = { body: { dataset: {} }, querySelector: () => pill, dispatchEvent: () => true,
  addEventListener: (name, work) => { touched[name] = work } }
Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { vibrate: (shakes) => said.shaken.push(shakes) } })
const { answered, attachFeedback, feedback } = await import('../js/scan/feedback.js')

function heard(kind, words) {
  Object.assign(said, { played: [], shaken: [] })
  feedback(kind, words)
  return { beeps: said.played.map(([, length]) => length), shakes: said.shaken[0], words: said.words.textContent, frame: document.body.dataset.feedback }
}

test('without a touch, a sound or a shake the words are there', () => {
  assert.deepEqual(heard('stops', '这批过期了'), { beeps: [], shakes: [300], words: '这批过期了', frame: 'stops' })
  assert.equal(said.hidden, false)
})

test('each kind sounds and shakes as the look says', () => {
  attachFeedback()
  touched.pointerdown()
  assert.deepEqual(heard('taken'), { beeps: [60], shakes: [30], words: 'Got it', frame: 'taken' })
  const [[high]] = said.played
  assert.deepEqual(heard('asks'), { beeps: [90, 90], shakes: [40, 60, 40], words: 'Needs your answer', frame: 'asks' })
  const [[middle]] = said.played
  assert.deepEqual(heard('stops'), { beeps: [350], shakes: [300], words: 'Not taken', frame: 'stops' })
  assert.ok(high > middle && middle > said.played[0][0])
})

test('green is gone after 300 ms, red stays until it is answered', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  heard('taken')
  t.mock.timers.tick(300)
  assert.equal(document.body.dataset.feedback, undefined)
  heard('stops')
  t.mock.timers.tick(60_000)
  assert.equal(document.body.dataset.feedback, 'stops')
  answered()
  assert.equal(document.body.dataset.feedback, undefined)
  assert.equal(said.hidden, true)
})
