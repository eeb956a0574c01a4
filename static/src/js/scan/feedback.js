// What a scan did, unmistakably: frame, sound, vibration and words. A phone that is silent and does not shake loses nothing,
// for the words are there. Words come from the page; a flow may give its own ("+1 carton").
const KINDS = {
  taken: { beeps: [[1760, 60]], shakes: [30], frame: 300 },
  asks: { beeps: [[880, 90], [880, 90]], shakes: [40, 60, 40] },
  stops: { beeps: [[196, 350]], shakes: [300] },
}
const APART = 70 // ms between two beeps
const STAYS = 2500 // ms that the words of what was taken stay

let sound = null
let timers = []

// Browsers are silent until the first touch.
function unlock() {
  const Context = window.AudioContext ?? window.webkitAudioContext
  if (!Context) return
  sound ??= new Context()
  if (sound.state === 'suspended') sound.resume().catch(() => { /* the next touch tries again */ })
}

function beep(hertz, from, length) {
  const [tone, volume] = [sound.createOscillator(), sound.createGain()]
  tone.type = hertz < 400 ? 'square' : 'triangle' // a phone's speaker is weak at the low end
  tone.frequency.value = hertz
  volume.gain.setValueAtTime(0, from)
  volume.gain.linearRampToValueAtTime(hertz < 400 ? 0.25 : 0.5, from + 0.005)
  volume.gain.setValueAtTime(hertz < 400 ? 0.25 : 0.5, from + length - 0.01)
  volume.gain.linearRampToValueAtTime(0, from + length)
  tone.connect(volume).connect(sound.destination)
  tone.start(from)
  tone.stop(from + length)
}

function play(beeps) {
  if (sound?.state !== 'running') return
  let from = sound.currentTime
  for (const [hertz, length] of beeps) {
    beep(hertz, from, length / 1000)
    from += (length + APART) / 1000
  }
}

function say(kind, words) {
  const pill = document.querySelector('[data-scan-said]')
  if (!pill) return
  pill.dataset.kind = kind
  pill.querySelector('[data-words]').textContent = words ?? pill.dataset[kind]
  pill.hidden = false
}

export function answered() {
  timers.forEach(clearTimeout)
  timers = []
  delete document.body.dataset.feedback
  const pill = document.querySelector('[data-scan-said]')
  if (pill) pill.hidden = true
}

// 'taken', 'asks' or 'stops'; the latter two stay until answered() or the next.
export function feedback(kind, words) {
  const { beeps, shakes, frame } = KINDS[kind]
  answered()
  document.body.dataset.feedback = kind
  say(kind, words)
  play(beeps)
  try { navigator.vibrate?.(shakes) } catch { /* not without a touch first */ }
  if (frame) timers = [setTimeout(() => { delete document.body.dataset.feedback }, frame), setTimeout(answered, STAYS)]
  document.dispatchEvent(new CustomEvent('scan:feedback', { detail: { kind, words } }))
}

export function attachFeedback() {
  for (const name of ['pointerdown', 'keydown']) document.addEventListener(name, unlock, { capture: true, passive: true })
}
