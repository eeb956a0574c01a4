// The flow listens where its words are on the page and the catalogue is on the phone.
import { known } from './known.js'
import { attachList } from './list.js'
import { filled, moment } from '../words.js'
import { Flow } from './main.js'

const AGAIN = 3000

function listen(flow) {
  document.addEventListener('scan:code', (event) => {
    if (!flow.active || event.detail.server || event.defaultPrevented) return
    event.preventDefault()
    flow.then(() => flow.scan(event.detail))
  })
  document.addEventListener('click', (event) => {
    const button = event.target.closest('main.sheet [data-flow-do]')
    if (button && flow.active) flow.then(() => flow.press(button))
  })
  document.addEventListener('change', (event) => {
    if (event.target.name === 'flow-mode') flow.then(() => flow.choose(event.target.value))
  })
  document.addEventListener('input', (event) => {
    if (event.target.matches('main.sheet [data-flow-quantity] input')) flow.typed?.(event.target.value)
  })
}

// A page that was asked something shows the answer; every other one begins as the phone does.
function fresh() {
  return ![...new URLSearchParams(location.search).keys()].some((name) => ['code', 'product', 'from', 'photo'].includes(name))
}

// The page for where there is no network says since when the phone knows what it knows.
function sayAge(catalogue) {
  const note = document.querySelector('.head [data-words]')
  const { at } = catalogue.about.get('stock')
  if (note && at) note.textContent = filled(note.dataset.words, { when: moment(at) })
}

export function attachFlow() {
  if (!('indexedDB' in globalThis)) return
  attachList()
  const flow = new Flow()
  listen(flow)
  const ready = async () => {
    flow.catalogue = await known().catch(() => null)
    if (!flow.catalogue) return void setTimeout(ready, AGAIN)
    document.documentElement.dataset.flow = 'ready'
    const code = location.pathname.endsWith('/scan/offline') && decodeURIComponent(location.hash.slice(1))
    sayAge(flow.catalogue)
    if (flow.root && fresh()) flow.then(() => (code ? flow.scan({ text: code, source: 'typed' }) : flow.mode.start()))
  }
  ready()
  document.addEventListener('scan:sheet', () => {
    flow.mode.forget?.()
    if (flow.active && fresh() && flow.mode !== flow.modes.move) flow.then(() => flow.mode.start())
  })
}
