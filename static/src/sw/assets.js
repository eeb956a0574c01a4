// Our own built files carry their content's hash: kept for good. A page of an older release gets today's file of that name.
const BUILT = '/static/build/'
const KEPT = 'files'

export function isAsset(url) {
  return url.pathname.startsWith(BUILT) || url.pathname.startsWith('/static/icons/')
}

function nameOf(path) {
  return path.replace(BUILT, '').replace(/-[0-9a-f]{10}(?=\.)/, '')
}

export async function asset(request, url, precached) {
  const ours = await precached(url.pathname) ?? await caches.match(request, { ignoreVary: true })
  if (ours) return ours
  try {
    const answer = await fetch(request)
    if (answer.ok) {
      const cache = await caches.open(KEPT)
      for (const old of await cache.keys()) if (nameOf(new URL(old.url).pathname) === nameOf(url.pathname)) await cache.delete(old)
      await cache.put(request, answer.clone())
      return answer
    }
    return await today(url, precached) ?? answer
  } catch (error) {
    const found = await today(url, precached)
    if (found) return found
    throw error
  }
}

async function today(url, precached) {
  const now = FILES.find((file) => nameOf(file.url) === nameOf(url.pathname))
  return now && url.pathname.startsWith(BUILT) ? precached(now.url) : undefined
}
