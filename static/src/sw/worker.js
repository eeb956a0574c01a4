// The worker: our own files precached, whole pages kept a reader, the outbox sent when the network is back.
import { precacheAndRoute, cleanupOutdatedCaches, matchPrecache } from 'workbox-precaching'
import { drain } from '../js/outbox/drain.js'
import { everyEntry } from '../js/outbox/store.js'
import { asset, isAsset } from './assets.js'
import { fetched, page } from './pages.js'
import { attachPush } from './push.js'
import { alone, become, left } from './reader.js'

cleanupOutdatedCaches()
precacheAndRoute(FILES)

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const { type, ...said } = event.data ?? {}
  if (type === 'take-over') self.skipWaiting()
  if (type === 'left') event.waitUntil(left())
  if (type === 'keep') event.waitUntil(fetched(said.address))
  if (type === 'home') event.waitUntil(alone(() => become(said)))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  // A sheet under a running camera is fetched, and is a whole page like any other.
  if (request.mode === 'navigate' || request.headers.get('Accept') === 'text/html') event.respondWith(page(event, () => matchPrecache('/offline')))
  else if (isAsset(url)) event.respondWith(asset(request, url, matchPrecache))
})

// Of whoever has something waiting: drain asks the server who is signed in, and sends nobody else's.
async function send() {
  const waits = new Set((await everyEntry()).filter((row) => row.state === 'waiting').map((row) => row.user))
  for (const user of waits) if ((await drain(user)).why === 'wait') throw new Error('not yet') // the browser tries again, later and later
}

attachPush(self)

self.addEventListener('sync', (event) => { if (event.tag === 'outbox') event.waitUntil(send()) })
