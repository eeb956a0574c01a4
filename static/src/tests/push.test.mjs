// The worker's part of push, against a worker of the test's own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attachPush, open, show } from '../sw/push.js'

function aWorker(clients = []) {
  const did = { shown: [], opened: [], badge: [], listens: {} }
  return {
    did,
    location: { origin: 'https://ours.example' },
    navigator: { setAppBadge: async (count) => { did.badge.push(count) } },
    registration: { showNotification: async (title, more) => { did.shown.push({ title, ...more }) } },
    clients: { matchAll: async () => clients, openWindow: async (url) => { did.opened.push(url) } },
    addEventListener: (name, listen) => { did.listens[name] = listen },
  }
}

function aWindow(url, says, focused = false) {
  const window = {
    url, focused, asked: [],
    focus: async () => { window.focused = true },
    postMessage: ({ open: there }, [port]) => { window.asked.push(there); if (says) port.postMessage(says) },
  }
  return window
}

const pushed = (said) => ({ json: () => said })

test('what came is shown in the words that came, and counted', async () => {
  const worker = aWorker()
  await show(worker, pushed({ title: '到货了', body: 'SO-1', url: '/c/f/x', tag: 't', count: 3, ids: ['1'], lang: 'zh-Hans' }))
  const [shown] = worker.did.shown
  assert.deepEqual([shown.title, shown.body, shown.tag, shown.lang], ['到货了', 'SO-1', 't', 'zh-Hans'])
  assert.deepEqual(shown.data, { url: '/c/f/x', ids: ['1'] })
  assert.deepEqual(worker.did.badge, [3])
})

test('what cannot be read still shows something, as a browser demands', async () => {
  const worker = aWorker()
  await show(worker, { json: () => { throw new SyntaxError('no JSON') } })
  await show(worker, null)
  assert.equal(worker.did.shown.length, 2)
  assert.ok(worker.did.shown.every(({ title }) => title))
})

test('a window that may go there does, the nearest first', async () => {
  const [far, near] = [aWindow('https://ours.example/c/f/today', 'going'), aWindow('https://ours.example/c/f/x', 'going')]
  const worker = aWorker([far, near])
  await open(worker, { url: '/c/f/x', ids: ['a', 'b'] })
  assert.deepEqual([near.asked, far.asked], [['https://ours.example/c/f/x#told=a,b'], []])
  assert.ok(near.focused)
  assert.deepEqual(worker.did.opened, [])
})

test('one that is half typed, or says nothing, stays: another is opened', async () => {
  const worker = aWorker([aWindow('https://ours.example/c/f/a', 'busy'), aWindow('https://ours.example/c/f/b', undefined)])
  await open(worker, { url: '/c/f/x', ids: [] })
  assert.deepEqual(worker.did.opened, ['https://ours.example/c/f/x'])
})

test('no page of another host is ever opened', async () => {
  for (const url of ['https://evil.example/', '//evil.example/x', 'javascript:alert(1)']) {
    const worker = aWorker()
    await open(worker, { url, ids: [] })
    assert.deepEqual(worker.did.opened, ['https://ours.example/'])
  }
})

test('an address that a push service takes back is asked for anew, with the same key', async () => {
  const worker = aWorker()
  const asked = []
  worker.registration.pushManager = { subscribe: async (options) => { asked.push(options) } }
  attachPush(worker)
  let done
  worker.did.listens.pushsubscriptionchange({ oldSubscription: { options: { applicationServerKey: 'k' } }, waitUntil: (one) => { done = one } })
  await done
  assert.deepEqual(asked, [{ applicationServerKey: 'k' }])
})
