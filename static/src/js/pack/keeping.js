// The worker's own cache of whole pages, seen from a page.
import { keep } from '../../sw/pages.js'
import { reader } from '../outbox/made.js'

export { keep }

export async function pagesKept() {
  const name = `docs-${reader()}`
  if (!await globalThis.caches?.has(name)) return new Set() // to open it would make it, also where its reader has just left
  const cache = await caches.open(name)
  return new Set((await cache.keys()).map(({ url }) => { const { pathname, search } = new URL(url); return pathname + search }))
}
