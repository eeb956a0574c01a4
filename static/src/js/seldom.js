// Of many calls in a row, as while much is sent, one; a tenth of the time, unless somebody would wait for it.
const SOON = 80
const LONGEST = 1_000

export function seldom(work) {
  let due
  let took = 0
  const turn = async () => {
    const began = performance.now()
    due = undefined
    await work()
    took = performance.now() - began
  }
  return () => { due ??= setTimeout(turn, Math.min(LONGEST, Math.max(SOON, 10 * took))) }
}
