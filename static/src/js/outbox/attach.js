import { attachBadge } from './badge.js'
import { attachCorrecting } from './correcting.js'
import { attachLeaving } from './leaving.js'
import { attachPage } from './page.js'
import { attachQueue } from './queue.js'
import { attachTurns } from './turns.js'

export function attachOutbox() {
  for (const attach of [attachQueue, attachBadge, attachLeaving, attachCorrecting, attachPage, attachTurns]) attach()
}
