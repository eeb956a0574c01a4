// What was done just now, and ten seconds to take it back: by a move the other way or a count reversed, never by forgetting.
import { sent, waiting } from '../outbox/api.js'
import { feedback } from '../scan/feedback.js'
import { moment } from '../words.js'
import { send } from './send.js'
import { problem } from './problem.js'
import { say } from './words.js'

const SECONDS = 10
const MOVES = /\/stock\/(transfers|adjustments|(moves|counts)\/[^/]+\/reversal)$/

// The last few, newest first: a hollow dot for what is not yet confirmed.
export async function lately(most = 4) {
  const waits = (await waiting()).filter((entry) => MOVES.test(entry.path)).reverse()
  const rows = [...waits, ...(await sent()).filter((entry) => MOVES.test(entry.path ?? ''))]
  return rows.slice(0, most).map((entry) => ({ name: entry.title, sub: entry.sub, when: moment(entry.madeAt), state: entry.state === 'sent' ? 'done' : 'next', waiting: entry.state !== 'sent' }))
}

// Counts down on the sheet; gone after ten seconds, or when something else was done. `form` takes back what it is `of`.
export function taken(flow, form, words, values) {
  const until = Date.now() + SECONDS * 1000
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1000))
  const timer = setInterval(() => {
    for (const place of document.querySelectorAll('main.sheet [data-put=seconds]')) place.textContent = say('secondsLeft', { n: left() })
    for (const bar of document.querySelectorAll('main.sheet [data-flow-left]')) bar.value = left()
    if (!left()) undo.end()
  }, 250)
  const undo = {
    words, left: () => say('secondsLeft', { n: left() }),
    end() {
      clearInterval(timer)
      if (flow.undo === undo) flow.undo = null
      for (const part of document.querySelectorAll('main.sheet [data-if=undo]')) part.hidden = true
    },
    async back() {
      undo.end()
      await send(form, values, location.pathname, (answer, entry) => problem('stops', 'refused', { why: answer.message, name: entry.title, sub: entry.sub }, { back: () => flow.start() }))
      feedback('taken', say('undone'))
      await flow.back()
    },
  }
  return undo
}
