// The worker's own cache of whole pages, seen from a page.
import { keep } from '../../sw/pages.js'
import { reader } from '../outbox/made.js'

export { keep }

export async function pagesKept() {
  if (!globalThis.caches) return new Set()
  const cache = await caches.open(`docs-${reader()}`)
  return new Set((await cache.keys()).map(({ url }) => { const { pathname, search } = new URL(url); return pathname + search }))
}
