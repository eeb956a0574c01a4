// GS1 element strings: identifier and value, one after the other. See webapp/kernel/scanning/elements.py.
import { shapeOf } from './gs1-shapes.js'
import { checks, dayOf, rightDigit } from './gs1-codes.js'

const TAILS = /^(0[012]|1[01357]|21|30|37|310.|41[04])$/, FREE = /^(0[012]|41[04])$/
const MOST = 6, LONGEST_LOOSE = 90, LONGEST_LOT = 20
export const no = (why, about = {}) => { throw { why, about } }
export const wrongDigit = (ai, value) => no('check_digit', { ai, value, right: value.slice(0, -1) + rightDigit(value) })
const identified = (text) => shapeOf(text) || no('identifier', { value: text.slice(0, 4) })

function element({ ai, whole }, value) {
  const dated = /^1[1-35-7]$/.test(ai) && /^\d{6}$/.test(value)
  if (dated && !dayOf(value)) no('date', { ai, value })
  if (!whole.test(value)) no('value', { ai, value })
  if (/^(0[0-3]|41[0-7])$/.test(ai) && !checks(value)) wrongDigit(ai, value)
  return [ai, value]
}

function add(found, one, again = true) {
  const same = found.find(([ai]) => ai === one[0])
  if (same && (!again || same[1] !== one[1])) no('repeated', { ai: one[0] })
  return same ? found : [...found, one]
}

// The one reading the standard knows: a value of variable length ends at the separator, or at the end.
function strictly(text) {
  let found = []
  while ((text = text.replace(/^\x1d+/, ''))) {
    const shape = identified(text), start = shape.ai.length
    const end = shape.fixed ? start + shape.fixed : (text + '\x1d').indexOf('\x1d')
    found = add(found, element(shape, text.slice(start, end)))
    text = text.slice(end)
  }
  return found.length ? found : no('empty')
}

function belong(found) {
  const has = (...ais) => found.some(([ai]) => ais.includes(ai))
  return found.every(([ai]) => FREE.test(ai) || (ai === '37' ? has('02') : ai === '21' ? has('01') : has('01', '02')))
}

// Every reading of a text whose separators may be lost.
function* loosely(text, before) {
  const shape = shapeOf(text)
  if (!shape || (before.length && !TAILS.test(shape.ai))) return
  const start = shape.ai.length
  for (let end = shape.fixed ? start + shape.fixed : Math.min(start + LONGEST_LOT, text.length); end > start; end = shape.fixed ? 0 : end - 1) {
    let found
    try { found = add(before, element(shape, text.slice(start, end)), false) } catch { continue }
    if (end !== text.length) yield* loosely(text.slice(end), found)
    else if (belong(found)) yield found
  }
}

// Every way to read an element string. `ended`: separators are there wherever one is due.
export function split(text, ended) {
  const found = []
  let reason, n = 0
  try { found.push(strictly(text)) } catch (why) { reason = why }
  if (!ended && text.length <= LONGEST_LOOSE) {
    for (const other of loosely(text, [])) {
      if (!found.some((each) => `${each}` === `${other}`)) found.push(other)
      if (++n === MOST) break
    }
  }
  if (!found.length) throw reason
  return found
}

// What is printed beneath a code: identifiers in brackets.
export function bracketed(body) {
  const parts = body.split(/\((\d{2,4})\)/)
  let found = []
  for (let n = 1; n < parts.length; n += 2) {
    const shape = identified(parts[n])
    if (shape.ai !== parts[n]) no('identifier', { value: parts[n] })
    found = add(found, element(shape, parts[n + 1].replace(/^[ \t\r\n\x1d]+|[ \t\r\n\x1d]+$/g, '')))
  }
  return found
}
