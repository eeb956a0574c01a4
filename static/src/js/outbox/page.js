// The page of what waits: needs you, sending, waiting, sent today; each entry in words, filled into the page's templates.
import { untouched } from '../pressed.js'
import { seldom } from '../seldom.js'
import { filled, moment, put } from '../words.js'
import { reader } from './made.js'
import { lastSentBy } from './sent.js'
import { CHANGED, entriesOf } from './store.js'
import { state } from './turns.js'
import { attachDeciding, needing } from './deciding.js'

const SPRITE = /#.*$/
const MOST = 100 // of each kind on the page: a phone may have thousands

function icon(root, name) {
  const use = root.querySelector('[data-icon] use')
  use.setAttribute('href', use.getAttribute('href').replace(SPRITE, `#${name}`))
}

function card(page, entry, all) {
  const fresh = page.querySelector(`template[data-card="${entry.state === 'sent' ? 'sent' : 'waiting'}"]`).content.cloneNode(true)
  const root = fresh.firstElementChild
  const before = all.find((row) => entry.after?.includes(row.op))
  const done = filled(page.dataset.done, { time: moment(entry.madeAt) })
  const sub = before ? filled(page.dataset.after, { title: before.title }) : entry.sub
  root.dataset.op = entry.op
  icon(root, entry.icon)
  put(root, 'title', entry.title)
  put(root, 'sub', entry.state === 'sent' ? filled(page.dataset.arrived, { time: moment(entry.madeAt), then: moment(entry.sentAt) }) : [sub, done].filter(Boolean).join(' · '))
  if (entry.state === 'sent') root.querySelector('a').href = entry.location || '#'
  else {
    const mark = entry.triedAt && state.sending && !before ? 'sending' : before ? 'after' : 'waiting'
    for (const one of root.querySelectorAll('[data-mark]')) one.hidden = one.dataset.mark !== mark
    const open = root.querySelector('[data-open]')
    if (open) open.href = `${entry.from}#correct=${entry.op}`
    put(root, 'tries', entry.tries ? filled(page.dataset.tries, { n: entry.tries }) : '')
  }
  return fresh
}

// A card that says the same stays where it is, for it may be what a finger is on.
function section(page, name, entries, made, total = entries.length) {
  const box = page.querySelector(`[data-section="${name}"]`), list = box.querySelector('[data-list]')
  const there = new Map([...list.children].map((one) => [one.dataset.op, one]))
  const rows = entries.slice(0, MOST).map((entry) => {
    const { firstElementChild: fresh } = made(entry)
    const old = there.get(fresh.dataset.op)
    if (old?.querySelector('details[open]')) fresh.querySelector('details').open = true
    return old?.isEqualNode(fresh) ? old : fresh
  })
  box.hidden = rows.length === 0
  box.querySelector('[data-put="count"]').textContent = String(total)
  box.querySelector('[data-rest]').hidden = total <= MOST
  if (rows.length !== list.children.length || rows.some((row, index) => row !== list.children[index])) list.replaceChildren(...rows)
}

async function draw(page) {
  await untouched()
  if (page.contains(document.activeElement) && document.activeElement.matches('input')) return
  const all = await entriesOf(reader())
  const sent = await lastSentBy(reader(), MOST)
  const of = (wanted) => all.filter((row) => row.state === wanted)
  section(page, 'needs', of('needs'), (entry) => needing(page, entry))
  section(page, 'waiting', of('waiting'), (entry) => card(page, entry, all))
  section(page, 'sent', sent.rows, (entry) => card(page, entry, all), sent.total)
  const why = !navigator.onLine ? 'offline' : state.why
  for (const note of page.querySelectorAll('[data-why]')) note.hidden = note.dataset.why !== why || !of('waiting').length
  page.querySelector('[data-none]').hidden = all.length + sent.total > 0
  page.querySelector('[data-send]').hidden = !of('waiting').length || !navigator.onLine
}

export function attachPage() {
  const page = document.querySelector('[data-outbox-page]')
  if (!page) return
  attachDeciding(page)
  const again = () => draw(page).catch(() => { page.querySelector('[data-broken]').hidden = false })
  const soon = seldom(again)
  document.addEventListener('outbox:stored', soon)
  CHANGED.addEventListener('message', soon)
  for (const name of ['online', 'offline']) addEventListener(name, soon)
  again()
}
