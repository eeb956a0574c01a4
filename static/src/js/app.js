import './htmx.js'
import { attachShown } from './shown.js'
import { attachOperations } from './operations.js'
import { attachBusy } from './busy.js'
import { attachSteppers } from './steppers.js'
import { attachWedge } from './wedge.js'
import { attachArrival } from './scan/arrive.js'
import { attachDrafts } from './drafts.js'
import { attachToasts } from './toasts.js'
import { attachSharing } from './sharing.js'
import { attachPolling } from './polling.js'
import { attachKeys } from './keys.js'
import { attachLines } from './lines.js'
import { attachPasskeys } from './passkeys.js'
import { attachPressed } from './pressed.js'
import { attachSearch } from './search.js'
import { attachFragments } from './fragments.js'
import { attachMenus } from './menus.js'
import { attachTheme } from './theme.js'
import { attachOutbox } from './outbox/attach.js'
import { attachWorker } from './worker.js'
import { attachKept } from './kept.js'
import { attachPack } from './pack/lazy.js'
import { attachScroll } from './scroll.js'
import { attachThreads } from './threads.js'
import { attachPush } from './push.js'
import { attachNotices } from './notices.js'

document.documentElement.classList.add('js')

// In this order: a draft needs the lines it fills, and the figures that follow from them.
const behaviours = [attachShown, attachOperations, attachBusy, attachSteppers, attachArrival, attachWedge, attachLines, attachPressed, attachFragments, attachDrafts, attachToasts, attachSharing,
  attachPolling, attachKeys, attachPasskeys, attachSearch, attachMenus, attachTheme,
  attachScroll, attachThreads, attachOutbox, attachWorker, attachPush, attachNotices, attachKept, attachPack]

function start() {
  for (const attach of behaviours) attach()
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start)
else start()
