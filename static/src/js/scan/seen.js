// What the camera sees, picture by picture, and what of it is taken: a code once for as long as it stays in view; of several
// the one nearest the middle, and not what lies beside it in the same picture; bars only when several pictures agree.
const GONE = 500 // ms of pictures without it, and three at least: it has left the view, and may be taken again
const MISSED = 3
const SQUARE = new Set(['QRCode', 'QRCodeModel2', 'DataMatrix'])
const BESIDE = 1200 // ms in which what lay beside the taken code is left alone

export function checked(text) {
  const digits = [...text].reverse().map(Number)
  return digits.every(Number.isInteger) && digits.reduce((sum, digit, at) => sum + digit * (at % 2 ? 3 : 1), 0) % 10 === 0
}

// In how many pictures a code must be read alike. Bars carry little to check themselves by: a blur may turn one product's valid
// code into another's, and short ones are found inside longer ones. Squares correct their own errors.
function needed({ format, text }) {
  if (SQUARE.has(format)) return 1
  const short = format === 'UPCE' || format === 'EAN8'
  const unchecked = format.startsWith('ITF') && !(text.length === 14 && checked(text))
  return short || unchecked ? 3 : 2
}

export class Seen {
  constructor() {
    this.known = new Map()
  }

  // codes: [{ text, format, away }], away from the middle; returns the one to take, with `since`, when it came into view; or null.
  look(codes, now) {
    const ordered = [...codes].sort((one, other) => one.away - other.away)
    const texts = new Set(ordered.map(({ text }) => text))
    for (const [text, entry] of this.known) if (!texts.has(text)) this.miss(entry, now)
    for (const code of ordered) if (texts.delete(code.text)) this.sight(code, now)
    const nearest = ordered[0]
    const entry = nearest && this.known.get(nearest.text)
    if (!entry || entry.taken || now < entry.until || entry.reads < needed(nearest) || this.contradicted(nearest, entry)) return null
    entry.taken = true
    for (const { text } of ordered.slice(1)) this.known.get(text).until = now + BESIDE
    return { ...nearest, since: entry.from }
  }

  // Another reading of bars of that kind, here a moment ago and read more often: one of the two is a misread.
  contradicted({ format }, entry) {
    if (SQUARE.has(format)) return false
    return [...this.known.values()].some((other) => other.format === format && other.missed < MISSED && other.reads > entry.reads)
  }

  // A picture that was looked at and does not show it; what nobody looked at proves nothing.
  miss(entry, now) {
    entry.missed += 1
    entry.since ??= now
  }

  sight({ text, format }, now) {
    const entry = this.known.get(text)
    const left = entry && entry.missed >= MISSED && now - entry.since >= GONE
    if (entry && !left) Object.assign(entry, { reads: entry.reads + 1, missed: 0, since: null })
    else {
      if (this.known.size > 50) this.known.clear()
      this.known.set(text, { format, from: now, reads: 1, missed: 0, since: null, taken: false, until: 0 })
    }
  }
}
