// What a code says, as webapp/kernel/scanning/gs1.py says it: every reading, or why there is none. One table of cases
// (tests/kernel/scanning/gs1_cases.json) holds both to the same answers. Words for `why` come with the page.
import { bracketed, no, split, wrongDigit } from './gs1-elements.js'
import { dayOf, gtin14, long, upcE } from './gs1-codes.js'

const GS = '\x1d', CARRIERS = /^\](C1|e[012]|d2|Q3|J1)/, RETAIL = /^\](E[034]|I1)/
const KEYED = /^(00\d{18}|0[12]\d{14}|41[04]\d{13})/, UNMARKED = /^(0[012]|1[0157]|2[01]|3[07]|310|41[04])/
const NAMES = { gtin: '01', content: '02', sscc: '00', lot: '10', serial: '21', variant: '20', ship_to: '410', place: '414' }
const DAYS = { made_on: '11', best_before: '15', expires_on: '17' }

const trim = (text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
const plain = (body) => [{ kind: 'plain', elements: [['', body]] }]
const gtin = (code) => ({ kind: 'gtin', gtin: code })

function said(elements) {
  const of = Object.fromEntries(elements), filled = { kind: 'elements', elements }
  for (const name in NAMES) if (of[NAMES[name]]) filled[name] = of[NAMES[name]]
  for (const name in DAYS) if (of[DAYS[name]]) filled[name] = dayOf(of[DAYS[name]])
  const weight = elements.find(([ai]) => ai.startsWith('310')), pieces = of[37] || of[30]
  if (weight) filled.weight = weight[1].replace(RegExp(`.{${weight[0][3]}}$`), '.$&').replace(/^0+(?=\d)|\.$/g, '')
  if (pieces) filled.count = +pieces
  return filled
}

function retail(mark, body) {
  const code = mark === ']E3' ? body.slice(0, 13) : body, found = (mark !== ']E4' && upcE(code)) || gtin14(code)
  if (found) return [gtin(found)]
  return long(code) ? wrongDigit('01', code) : no('value', { ai: '01', value: code })
}

// What carries no mark: a GTIN, an element string by its beginning, or a code of one's own.
function unmarked(body) {
  if (KEYED.test(body)) return split(body, false).map(said)
  if (!long(body)) return plain(body)
  const whole = [...new Set([gtin14(body), upcE(body)])].filter(Boolean).map(gtin)
  if (!whole.length) wrongDigit('01', body)
  if (UNMARKED.test(body)) try { whole.push(...split(body, true).map(said)) } catch { /* a GTIN and nothing else */ }
  return whole
}

function readings(text, fnc1, whole) {
  if (!text.replace(/[\x1d \t\r\n]/g, '')) no('empty')
  if (/[\x00-\x1c\x1e\x1f\x7f]/.test(text)) no('characters')
  const mark = /^\][A-Za-z]\d/.test(text) ? text.slice(0, 3) : ''
  let body = trim(text.slice(mark.length))
  if (!body.replaceAll(GS, '')) no('empty')
  if (RETAIL.test(mark)) return retail(mark, body)
  const printed = /^\(\d{2,4}\)/.test(body)
  if (mark && !CARRIERS.test(mark)) {
    try { return printed ? [said(bracketed(body))] : unmarked(body) } catch { return plain(body) }
  }
  if (printed) return [said(bracketed(body))]
  if (mark && fnc1) body = body.replaceAll(fnc1, GS)
  if (mark || body.includes(GS)) return split(body, whole || body.includes(GS)).map(said)
  if (fnc1 && body.includes(fnc1)) {
    try { return split(body.replaceAll(fnc1, GS), true).map(said) } catch (why) { if (KEYED.test(body.replaceAll(fnc1, ''))) throw why }
  }
  return unmarked(body)
}

// `whole`: separators are known to be sent, as by a camera. → { text, readings: [{ kind, gtin, lot, expires_on, count, … }], why, about }
export function readGs1(text, { fnc1 = '', whole = false } = {}) {
  const typed = trim(text)
  try { return { text: typed, readings: readings(typed, trim(fnc1), whole), why: '', about: {} } } catch (reason) {
    if (!reason.why) throw reason
    return { text: typed, readings: [], ...reason }
  }
}
