// Whole pages: from the network where there is one, kept a reader, and from the phone where there is none. Fragments never.
import { alone, become, pagesOf, whoReads } from './reader.js'

const PATIENCE = 3_000
const MOST = 300

// Kept with its moment, under its address; what is not a reader's own whole page is not kept, nor one that was `asked` for
// before somebody signed out here.
export async function keep(address, answer, asked) {
  const user = answer.headers.get('Reader')
  if (!user || answer.status !== 200 || !answer.headers.get('Content-Type')?.startsWith('text/html')) return
  const headers = new Headers(answer.headers)
  headers.set('Kept-At', new Date().toISOString())
  headers.delete('Content-Encoding')
  const kept = new Response(await answer.blob(), { status: 200, headers })
  await alone(() => put(user, address, kept, asked))
}

async function put(user, address, kept, asked) {
  const who = await whoReads()
  if (asked <= who.left) return
  const home = who.user === user && who.home ? who.home : homeOf(address)
  if (who.user !== user || who.home !== home) await become({ user, home })
  const cache = await caches.open(pagesOf(user))
  await cache.put(address, kept)
  const keys = await cache.keys()
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST))) await cache.delete(old)
}

export async function fetched(address) {
  const asked = Date.now()
  try { await keep(address, await fetch(address, { credentials: 'same-origin' }), asked) } catch { /* another time */ }
}

function homeOf(address) {
  const [, c, company] = new URL(address).pathname.split('/')
  return c === 'c' ? `/c/${company}/today` : undefined
}

// The page as it was, saying when that was.
async function kept(address) {
  const { user } = await whoReads()
  if (!user) return undefined
  const found = await (await caches.open(pagesOf(user))).match(address, { ignoreVary: true })
  if (!found) return undefined
  const html = (await found.text()).replace('<html ', `<html data-kept="${found.headers.get('Kept-At')}" `)
  return new Response(html, { headers: found.headers })
}

// Pages that the catalogue stands in for: scanning, a product with what waits here, taking an order; a customer where not kept.
const STAND_INS = [
  { page: /^(\/c\/[^/]+)\/products\/([0-9a-f-]{36})$/, card: '/products/card', first: true },
  { page: /^(\/c\/[^/]+)\/(?:scan|stock\/transfers\/new)$/, card: '/scan/offline', first: true },
  { page: /^(\/c\/[^/]+)\/sales\/orders\/new$/, card: '/sales/orders/offline', first: true },
  { page: /^(\/c\/[^/]+)\/customers\/([0-9a-f-]{36})$/, card: '/customers/card', first: false },
]

async function standIn(url, first) {
  const one = STAND_INS.find((each) => each.first === first && each.page.test(url.pathname))
  if (!one) return undefined
  const [, company, id] = one.page.exec(url.pathname), card = url.origin + company + one.card
  return await kept(card) && Response.redirect(`${card}#${id ?? url.searchParams.get('partner') ?? encodeURIComponent(url.searchParams.get('code') ?? '')}`)
}

async function withoutNetwork(url, fallback) {
  const address = url.origin + url.pathname + url.search
  const found = await standIn(url, true) ?? await kept(address) ?? await standIn(url, false)
  if (found) return found
  const { home } = await whoReads()
  if (url.pathname === '/' && home) return Response.redirect(home)
  return fallback()
}

// Under the address that was asked for: whoever fetches it goes on to that page, not to the words that stand in for it.
async function notHere(words) {
  if (!words) return Response.error()
  const headers = new Headers(words.headers)
  headers.delete('Content-Encoding')
  return new Response(words.body, { status: words.status, headers })
}

function later(ms) {
  return new Promise((resolve) => { setTimeout(resolve, ms) })
}

// `precached` gives the words for a page that is not on this phone.
export async function page(event, precached) {
  const url = new URL(event.request.url), fallback = async () => notHere(await precached())
  const asked = Date.now(), answered = fetch(event.request)
  const stored = answered.then((answer) => { const copy = answer.clone(); event.waitUntil(keep(url.origin + url.pathname + url.search, copy, asked).catch(() => { /* no room */ })); return answer })
  stored.catch(() => { /* told below */ })
  try {
    if (!navigator.onLine) return await withoutNetwork(url, () => stored.catch(fallback))
    const slow = later(PATIENCE).then(() => kept(url.origin + url.pathname + url.search)).then((found) => found ?? stored)
    const answer = await Promise.race([stored, slow])
    return answer.status >= 502 && answer.status <= 504 ? await kept(url.href) ?? answer : answer
  } catch {
    return withoutNetwork(url, fallback)
  }
}
