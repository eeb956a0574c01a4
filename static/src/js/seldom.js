// Of many calls in a row, as while much is sent, one; and never more of the time than a tenth.
const SOON = 80

export function seldom(work) {
  let due
  let took = 0
  const turn = async () => {
    const began = performance.now()
    due = undefined
    await work()
    took = performance.now() - began
  }
  return () => { due ??= setTimeout(turn, Math.max(SOON, 10 * took)) }
}
