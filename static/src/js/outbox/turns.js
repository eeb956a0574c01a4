// When to send: at once, when the network is back, when the page is seen again, and after a pause that grows.
import { drain } from './drain.js'
import { entriesOf, notSeen } from './store.js'
import { reader } from './made.js'

const FIRST = 2_000
const LONGEST = 120_000
let pause = FIRST
let timer
export const state = { why: 'empty', sending: false }

function told() {
  document.dispatchEvent(new CustomEvent('outbox:stored'))
}

function later(asked) {
  clearTimeout(timer)
  timer = setTimeout(() => run(), Math.max(asked ?? 0, pause * (0.8 + Math.random() * 0.4)))
  pause = Math.min(pause * 2, LONGEST)
}

// The worker finishes what this tab may not be there for.
async function register() {
  try { await (await navigator.serviceWorker?.ready)?.sync?.register('outbox') } catch { /* no background sync: the page does it */ }
}

export async function run(token) {
  const user = reader()
  if (!user || !navigator.locks) return
  state.sending = true
  told()
  try {
    const ended = navigator.onLine ? await drain(user, token) : { why: 'wait' }
    state.why = ended.why
    if (ended.why === 'empty') { pause = FIRST; clearTimeout(timer) }
    else if (ended.why === 'wait') { later(ended.pause); register() }
  } catch {
    state.why = 'wait'
    later()
  } finally {
    state.sending = false
    told()
  }
}

export function attachTurns() {
  // One that is sending takes what came meanwhile along.
  const again = () => { pause = FIRST; if (!state.sending) some().then((yes) => { if (yes && !state.sending) run() }, () => { /* no store */ }) }
  const some = async () => (await entriesOf(reader())).some((row) => row.state === 'waiting')
  addEventListener('online', again)
  addEventListener('pageshow', (event) => { if (event.persisted) again() })
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') again() })
  notSeen(reader()).catch(() => { /* no store */ }).then(again)
}
