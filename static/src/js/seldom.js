// Of many calls in a row, as while much is sent, one, and never two at a time; a tenth of the time, unless somebody would wait.
const SOON = 80
const LONGEST = 1_000

export function seldom(work) {
  let due = false
  let more = false
  let took = 0
  const turn = async () => {
    const began = performance.now()
    more = false
    try { await work() } finally {
      took = performance.now() - began
      due = false
      if (more) call()
    }
  }
  function call() {
    more = true
    if (due) return
    due = true
    setTimeout(turn, Math.min(LONGEST, Math.max(SOON, 10 * took)))
  }
  return call
}
