// When the pack is fetched, quietly, and who asks for its script: it is loaded only then.
import { reader } from '../outbox/made.js'
import { sent, waiting } from '../outbox/api.js'
import { whenShown, within } from '../shown.js'

const STALE = 15 * 60_000
const PAUSE = 4_000
const AGAIN = 60_000
let loaded

function about() {
  return document.querySelector('meta[name="pack"]')
}

export function scope() {
  return `${reader()}:${location.pathname.split('/')[2]}`
}

function fetchedAt() {
  try { return Number(localStorage.getItem(`pack:${scope()}`) ?? 0) } catch { return Date.now() }
}

function noteFetched(at = Date.now()) {
  try { if (at) localStorage.setItem(`pack:${scope()}`, String(at)); else localStorage.removeItem(`pack:${scope()}`) } catch { /* no store */ }
}

export function pack() {
  const script = about()?.dataset.script
  if (!script) return Promise.reject(new Error('no pack here'))
  loaded ??= import(script).then((made) => { made.begin({ scope: scope(), list: about().content, waiting, sent }); return made })
  loaded.catch(() => { loaded = undefined })
  return loaded
}

async function due() {
  if (!navigator.onLine || document.visibilityState !== 'visible' || navigator.connection?.saveData) return false
  if (Date.now() - fetchedAt() < STALE) return false
  return !(await waiting()).some((entry) => entry.state === 'waiting')
}

// A thin line at the top the first time; afterwards nobody notices.
function bar() {
  const words = fetchedAt() ? null : document.querySelector('template[data-pack-bar]')
  const line = words?.content.firstElementChild.cloneNode(true)
  if (line) (document.querySelector('main') ?? document.body).append(line)
  return { tell: ({ done, total }) => { if (line) Object.assign(line, { max: total || 1, value: done }) }, gone: () => line?.remove() }
}

async function quietly() {
  if (!await due()) return
  const line = bar()
  try {
    if (await (await pack()).refresh(line.tell)) noteFetched()
  } finally {
    line.gone()
  }
}

function soon() {
  const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 0))
  setTimeout(() => idle(() => { quietly().catch(() => { /* another time; the page “On this phone” says why */ }) }), PAUSE)
}

export function attachPack() {
  if (!about() || !reader() || document.documentElement.dataset.offline === 'off' || !('indexedDB' in globalThis)) return
  soon()
  setInterval(soon, AGAIN)
  document.addEventListener('reader:leaving', () => { noteFetched(0); pack().then((made) => made.empty(), () => { /* never fetched */ }) })
  // The server just said that the phone's figures are not so.
  document.addEventListener('pack:old', () => pack().then(async (made) => { if (await made.refresh(() => {})) noteFetched() }).catch(() => { /* another time */ }))
  document.addEventListener('search:offline', ({ detail }) => pack().then((made) => made.showFound(detail)).catch(() => { /* nothing here */ }))
  whenShown((root) => {
    for (const card of within(root, '[data-pack-card]')) pack().then((made) => made.showCard(card))
    for (const task of within(root, '[data-pack-order]')) pack().then((made) => made.takeOrder(task))
    for (const page of within(root, '[data-pack-page]')) pack().then((made) => made.showPhone(page, { fetchedAt, noteFetched }))
  })
}
