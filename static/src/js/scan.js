// Scan pages only: the camera, what a scan sounds like, sheets that change under a running camera, and what is done by the
// phone's own catalogue.
import { attachFlow } from './flow/attach.js'
import { attachAhead } from './scan/ahead.js'
import { attachFeedback } from './scan/feedback.js'
import { attachVerdict } from './scan/verdict.js'
import { attachView } from './scan/view.js'
import { attachVisits } from './scan/visit.js'
import { attachWakeLock } from './scan/wakelock.js'

function start() {
  for (const attach of [attachFeedback, attachVisits, attachVerdict, attachWakeLock, attachView, attachAhead, attachFlow]) attach()
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start)
else start()
