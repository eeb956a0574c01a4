// A refusal shown where it was made is kept until somebody has had the time to see it: who leaves before finds it on the page of
// what waits. From then on the form is theirs, and its draft keeps what was typed.
import { remove } from './store.js'

const SEEN = 3_000
const ANSWERED = ['input', 'scan:code']

export function untilSeen(op) {
  let timer
  const seen = () => {
    clearTimeout(timer)
    for (const name of ANSWERED) document.removeEventListener(name, seen)
    remove(op)
  }
  const look = () => { timer = setTimeout(() => (document.hidden ? look() : seen()), SEEN) }
  for (const name of ANSWERED) document.addEventListener(name, seen)
  look()
}
