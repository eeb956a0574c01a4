// Keys that come faster than a hand types are a scanner's. Told the keys with their times, it says what was scanned.
// A separator of GS1 comes as ASCII 29, as Ctrl+], as F8 or as Alt+029, by the scanner's make; it is kept as \x1d.
export const GS = '\x1d'
const SHORTEST = 3
const STUMBLE = 5 // gaps: a busy radio or page may delay a key that long,
const STUMBLES = 0.2 // and so many of a code's keys; more is a person
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Dead'])

export function composing(event) {
  return event.isComposing === true || event.keyCode === 229 || event.key === 'Process'
}

function character(event) {
  const { key, code = '', ctrlKey, metaKey, altKey } = event
  if (key === 'F8' || key === GS || (ctrlKey && (key === ']' || code === 'BracketRight'))) return GS
  const typed = [...key].length === 1 && !metaKey && (!ctrlKey || altKey)
  return typed ? key : ''
}

export class Burst {
  constructor(gap = 100) {
    this.gap = gap
    this.reset()
  }

  reset() {
    this.text = ''
    this.last = -Infinity
    this.slow = 0
    this.alt = ''
  }

  // { fast } says whether this key follows others as a scanner's do; { scanned } is the code when it is whole.
  key(event) {
    if (composing(event)) {
      this.reset()
      return { fast: false }
    }
    if (MODIFIERS.has(event.key)) return { fast: false }
    const pause = event.timeStamp - this.last
    const fast = pause <= this.gap
    if (pause > STUMBLE * this.gap) this.reset()
    else if (!fast) this.slow += 1
    this.last = event.timeStamp
    if (event.altKey && !event.ctrlKey && /^Numpad\d$/.test(event.code ?? '')) {
      this.alt += event.code.slice(-1)
      return { fast }
    }
    this.text += this.alt === '' ? '' : String.fromCharCode(Number(this.alt))
    this.alt = ''
    if (event.key === 'Enter' || event.key === 'Tab') return this.end()
    const read = character(event)
    if (read === '') this.reset()
    else this.text += read
    return { fast: fast && read !== '' }
  }

  end() {
    const { text, slow } = this
    this.reset()
    const whole = text.length >= SHORTEST && slow <= Math.ceil(text.length * STUMBLES)
    return whole ? { fast: true, scanned: text } : { fast: false }
  }
}
