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

export async function left() {
  for (const name of await caches.keys()) if (name.startsWith('docs-') || name === STATE) await caches.delete(name)
}
