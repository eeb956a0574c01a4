// A menu closes by a touch elsewhere or Escape; Back goes to where one came from; the first error has the focus.
import { whenShown, within } from './shown.js'

function cameFromHere(link) {
  if (!document.referrer || history.length < 2) return false
  const before = new URL(document.referrer)
  return before.origin === location.origin && before.pathname === new URL(link.href).pathname
}

export function attachMenus() {
  const close = (except) => document.querySelectorAll('details[data-menu][open]').forEach((menu) => {
    if (menu !== except) menu.open = false
  })
  document.addEventListener('click', (event) => {
    close(event.target.closest('details[data-menu]'))
    const back = event.target.closest('[data-back]')
    if (!back || event.ctrlKey || event.metaKey || event.shiftKey || !cameFromHere(back)) return
    event.preventDefault()
    history.back()
  })
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(null) })
  document.addEventListener('change', (event) => { if (event.target.closest('[data-autosubmit]')) event.target.form.requestSubmit() })
  whenShown((root) => within(root, '[data-focus]')[0]?.focus())
}
