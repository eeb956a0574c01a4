// Which lines of a list a code means, and what one scan of it stands for: by the codes that the lines carry.
import { times } from '../pack/decimals.js'
import { readCode } from '../scan/codes.js'
import { readGs1 } from '../scan/gs1.js'

const bare = (code) => code.trim().toLowerCase().replace(/^0+(?=.)/, '')

function stepOf(codes, wanted) {
  const key = bare(wanted)
  return Object.entries(codes).find(([code]) => bare(code) === key)?.[1]
}

// → { hits: [{line, step}], lot }: `lines` have { codes, product }.
export function linesOf(lines, { text, source }, fnc1) {
  const label = readCode(text)
  const said = label ? [{ elements: [['', label.id]] }] : readGs1(text, { fnc1, whole: source === 'camera' }).readings
  for (const reading of [...said, { elements: [['', text]] }]) {
    const wanted = reading.gtin ?? reading.content ?? reading.elements?.[0]?.[1] ?? ''
    const hits = lines.map((line) => ({ line, step: label && line.product === label.id ? '1' : stepOf(line.codes, wanted) })).filter(({ step }) => step)
    if (hits.length) return { hits: hits.map(({ line, step }) => ({ line, step: times(step, reading.count ?? 1) })), lot: reading.lot ?? '' }
  }
  return { hits: [], lot: '' }
}
