// Fetches what of the pack is another than here, table by table, then page by page; broken off, it goes on where it was.
import { keep, pagesKept } from './keeping.js'
import { dropPage, dropTable, pagesOf, putPage, putState, putTable, stateOf, tablesOf } from './store.js'

const WEIGHT = 8
const known = new Set()

function trouble(why) {
  return Object.assign(new Error(why), { why })
}

async function asked(address, kind) {
  let answer
  try {
    answer = await fetch(address, { credentials: 'same-origin', cache: 'no-store' })
  } catch {
    throw trouble('network')
  }
  if (answer.status === 401 || (answer.redirected && new URL(answer.url).pathname.startsWith('/signin'))) throw trouble('signed-out')
  if (answer.status >= 500) throw trouble('server')
  if (!answer.headers.get('Content-Type')?.startsWith(kind)) throw trouble(answer.status === 404 ? 'gone' : 'network')
  return answer
}

async function fetchTable(scope, table, known) {
  const url = new URL(table.rows, location.href)
  if (known?.digests) url.searchParams.set('have', known.digests)
  const text = await (await asked(url, 'application/json')).text()
  const { stamp, digests, buckets } = JSON.parse(text)
  const bytes = known?.digests ? Math.max(known.bytes, text.length) : text.length
  await putTable(scope, table.name, { stamp, digests, kind: table.kind, page: table.page, at: Date.now(), bytes }, buckets)
}

async function fetchPage(scope, address, stamp) {
  const now = Date.now()
  const answer = await asked(address, 'text/html').catch((error) => { if (error.why === 'gone') return null; throw error })
  if (!answer?.ok || answer.redirected) return dropPage(scope, address)
  const html = await answer.clone().text()
  await keep(new URL(address, location.href).href, answer, now)
  await fetchFiles(html)
  return putPage(scope, address, { stamp, at: Date.now(), bytes: html.length })
}

// A page's own scripts, such as the camera's: the worker keeps what it is asked for; the big decoder only for who moves goods.
async function fetchFiles(html) {
  for (const [path] of html.matchAll(/\/static\/build\/[\w.-]+/g)) {
    if (known.has(path) || (path.endsWith('.wasm') && !html.includes('data-may-move'))) continue
    known.add(path)
    await fetch(path).catch(() => known.delete(path))
  }
}

// The steps that are left: what is missing, and what bears another stamp than last time.
async function stepsOf(scope, list) {
  const [tables, pages, kept] = [await tablesOf(scope), await pagesOf(scope), await pagesKept()]
  const offered = new Set(list.tables.map((table) => table.name)), listed = new Set(list.pages.map(([address]) => address))
  for (const name of tables.keys()) if (!offered.has(name)) await dropTable(scope, name)
  for (const address of pages.keys()) if (!listed.has(address)) await dropPage(scope, address)
  const rows = list.tables.filter((table) => tables.get(table.name)?.stamp !== table.stamp)
    .map((table) => ({ weight: WEIGHT, run: () => fetchTable(scope, table, tables.get(table.name)) }))
  const whole = list.pages.filter(([address, stamp]) => !stamp || pages.get(address)?.stamp !== stamp || !kept.has(address))
    .map(([address, stamp]) => ({ weight: 1, run: () => fetchPage(scope, address, stamp) }))
  return [...rows, ...whole]
}

// `tell` hears {done, total}. Throws with `why`: network, signed-out, server, full.
export async function fetchPack(scope, listAddress, tell = () => {}) {
  const list = await (await asked(listAddress, 'application/json')).json()
  const steps = await stepsOf(scope, list)
  const total = steps.reduce((sum, step) => sum + step.weight, 0)
  let done = 0
  try {
    for (const step of steps) {
      tell({ done, total })
      await step.run()
      done += step.weight
    }
    await putState(scope, { ...await stateOf(scope), at: Date.now() })
  } catch (error) {
    throw error.name === 'QuotaExceededError' || error.inner?.name === 'QuotaExceededError' ? trouble('full') : error
  }
  tell({ done: total, total })
}
