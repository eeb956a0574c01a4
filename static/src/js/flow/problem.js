// A sheet that stops or asks: what, since when, where to, in words; it stays until a person has answered.
import { answered, feedback } from '../scan/feedback.js'
import { show } from './sheet.js'
import { say } from './words.js'

let ways = {}

// `answers`: what each button does; a button without its answer is not shown. The words are the page's own, by the name.
export function problem(kind, name, values, answers) {
  ways = answers
  const said = Object.fromEntries(Object.keys(answers).filter((way) => answers[way]).map((way) => [way, say(`${name}${way[0].toUpperCase()}${way.slice(1)}`, values) || say(way, values)]))
  show(kind, { ...values, title: say(name, values), about: say(`${name}About`, values), ...said }, {}, kind)
  feedback(kind, say(kind === 'stops' ? 'notMoved' : 'needsAnswer') || undefined)
}

export async function answer(way) {
  answered()
  await ways[way]?.()
}
