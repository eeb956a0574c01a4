// The worker's part of push: shows what came, counts it on the icon, opens the very page. All words come from the server.
const APP = 'Throughline'
const ICON = '/static/icons/icon-192.png'
const ANSWER_WITHIN = 400 // ms a page is given to say that it goes there itself

export function attachPush(worker) {
  worker.addEventListener('push', (event) => event.waitUntil(show(worker, event.data)))
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close()
    event.waitUntil(open(worker, event.notification.data ?? {}))
  })
  worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAgain(worker, event)))
}

function told(data) {
  try {
    return data?.json() ?? {}
  } catch {
    return {}
  }
}

export async function show(worker, data) {
  const { title, body, url, tag, count, ids, lang } = told(data)
  if (Number.isInteger(count)) await worker.navigator?.setAppBadge?.(count).catch(() => {})
  await worker.registration.showNotification(title || APP, {
    body, lang, tag, icon: ICON, badge: ICON, renotify: Boolean(tag), data: { url: url || '/', ids: ids ?? [] },
  })
}

// Only pages of ours are ever opened, whatever a message says.
function address(worker, { url, ids }) {
  const there = new URL(url ?? '/', worker.location.origin)
  if (there.origin !== worker.location.origin) return new URL('/', worker.location.origin)
  if (ids?.length) there.hash = `told=${ids.join(',')}`
  return there
}

// A window that can go there without losing what is half typed does; else another is opened.
export async function open(worker, data) {
  const there = address(worker, data)
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const nearest = (client) => Number(new URL(client.url).pathname === there.pathname) * 2 + Number(client.focused)
  for (const client of windows.sort((a, b) => nearest(b) - nearest(a))) {
    if (await goes(client, there.href)) return client.focus?.().catch(() => {})
  }
  return worker.clients.openWindow(there.href)
}

function goes(client, href) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const done = (answer) => { port1.close(); resolve(answer) }
    port1.onmessage = ({ data }) => done(data === 'going')
    setTimeout(done, ANSWER_WITHIN, false)
    client.postMessage({ open: href }, [port2])
  })
}

// The push service gave the browser another address. The next page tells the server (js/push.js); the key stays.
async function subscribeAgain(worker, event) {
  if (event.newSubscription) return
  const options = event.oldSubscription?.options
  if (options) await worker.registration.pushManager.subscribe(options).catch(() => {})
}
