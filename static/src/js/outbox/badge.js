// What has gone out, what waits, what needs a person: always in words, in the header of every page.
import { seldom } from '../seldom.js'
import { whenShown, within } from '../shown.js'
import { CHANGED, entriesOf } from './store.js'
import { reader } from './made.js'

const A_DAY = 24 * 60 * 60 * 1000

export function counted(words, n) {
  return (n === 1 ? words.dataset.one : words.dataset.many).replace('{n}', String(n))
}

export function standing(entries) {
  if (entries.some((row) => row.state === 'needs')) return ['needs', entries.filter((row) => row.state === 'needs').length]
  const waits = entries.filter((row) => row.state === 'waiting').length
  if (waits) return ['waiting', waits]
  return [navigator.onLine ? 'sent' : 'offline', 0]
}

function tell(badge, [state, count]) {
  badge.hidden = state === 'sent' && 'quiet' in badge.dataset
  badge.classList.toggle('waiting', state === 'waiting' || state === 'offline')
  badge.classList.toggle('alarm', state === 'needs')
  for (const part of badge.querySelectorAll('[data-when]')) {
    part.hidden = part.dataset.when !== state
    const words = part.querySelector('[data-one]')
    if (words && !part.hidden) words.textContent = counted(words, count)
  }
}

// What has waited a day says so on every page, until it is gone.
function nag(entries) {
  const old = entries.filter((row) => row.state === 'waiting' && Date.now() - row.madeAt > A_DAY).length
  const shown = document.querySelector('[data-nag]:not(template)')
  if (!old) return shown?.remove()
  const template = document.querySelector('template[data-nag]')
  const main = document.querySelector('main .page, main.page')
  if (shown || !template || !main) return undefined
  main.prepend(template.content.cloneNode(true))
  const words = main.querySelector('[data-one]')
  words.textContent = counted(words, old)
  return undefined
}

let before = ''

export async function refresh() {
  const rows = reader() ? await entriesOf(reader()).catch(() => []) : []
  const state = standing(rows)
  document.querySelectorAll('[data-outbox]').forEach((badge) => tell(badge, state))
  nag(rows)
  if (`${state}` === before) return
  before = `${state}`
  document.dispatchEvent(new CustomEvent('outbox:changed', { detail: { waiting: rows.length, needs: state[0] === 'needs' ? state[1] : 0 } }))
}

const soon = seldom(refresh)

export function attachBadge() {
  whenShown((root) => { if (within(root, '[data-outbox]').length || root === document) refresh() })
  for (const name of ['online', 'offline']) addEventListener(name, soon)
  document.addEventListener('outbox:stored', soon)
  CHANGED.addEventListener('message', soon)
}
