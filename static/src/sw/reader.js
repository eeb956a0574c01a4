// Whose pages these are. One person at a time: when another one reads, the pages of the one before are gone.
const STATE = 'reader'
const KEY = '/reader'

export async function whoReads() {
  const kept = await (await caches.open(STATE)).match(KEY)
  return kept ? kept.json() : {}
}

export function pagesOf(user) {
  return `docs-${user}`
}

export async function become(said) {
  const now = { ...await whoReads(), ...said }
  if (said.user) for (const name of await caches.keys()) if (name.startsWith('docs-') && name !== pagesOf(said.user)) await caches.delete(name)
  await (await caches.open(STATE)).put(KEY, Response.json(now))
  return now
}

// One at a time over worker and pages: a page of the one before, put away a moment late, must not stay beside the next one's.
export function alone(work) {
  return navigator.locks ? navigator.locks.request('pages', work) : work()
}

export function left() {
  return alone(async () => {
    for (const name of await caches.keys()) if (name.startsWith('docs-')) await caches.delete(name)
    await (await caches.open(STATE)).put(KEY, Response.json({ left: Date.now() }))
  })
}
