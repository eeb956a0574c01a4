// The lines of a page that is picked from, and what was picked here since it was fetched.
import { minus, plus } from '../pack/decimals.js'
import { sent, waiting } from '../outbox/api.js'

export const NEAR = 'lot.near' // what the server calls the question about a lot that does not keep for long

// What was picked here and the page does not know: the fields of each, and how its entry stands.
async function picksOf(path, shownAt) {
  const entries = [...(await sent()).filter((entry) => entry.sentAt > shownAt), ...(await waiting()).filter((entry) => entry.state === 'waiting')]
  return entries.filter((entry) => entry.path === path).map((entry) => [Object.fromEntries(entry.fields ?? []), entry.state])
}

// `least` is 0 for a lot that somebody said yes to, here or before.
export async function linesPicked(list, shownAt) {
  const picks = await picksOf(list.dataset.pickLines, shownAt)
  const lines = [...list.children].map(({ dataset }) => dataset)
  const lotOf = ({ product, lot } = {}) => `${product} ${lot}`
  const agreed = new Set(picks.filter(([said]) => said.accept === NEAR).map(([said]) => lotOf(lines.find((one) => one.line === said.line_id))))
  return lines.map((one) => {
    const own = picks.filter(([said]) => said.line_id === one.line && said.taken)
    const picked = plus(one.picked, ...own.map(([said]) => said.taken))
    return { ...one, least: agreed.has(lotOf(one)) ? 0 : one.least, codes: JSON.parse(one.codes), picked, left: minus(one.quantity, picked),
      waiting: own.some(([, state]) => state === 'waiting') }
  })
}
