// A sheet of the flow, from the page's own template, in the place of the sheet that is there; the camera runs on.
import { announce } from '../shown.js'

function fill(root, values) {
  for (const place of root.querySelectorAll('[data-put]')) {
    const value = values[place.dataset.put] ?? ''
    if (place instanceof HTMLInputElement) place.value = value
    else if (place instanceof HTMLAnchorElement) place.href = value
    else place.textContent = value
  }
  for (const part of root.querySelectorAll('[data-if]')) part.hidden = !values[part.dataset.if]
}

function listed(list, rows) {
  const model = list.querySelector('template').content.firstElementChild
  list.replaceChildren(...rows.map((row, index) => {
    const item = model.cloneNode(true)
    fill(item, row)
    item.classList.add(...(row.state ? [row.state] : []))
    const button = item.querySelector('[data-flow-do]')
    if (button) button.dataset.index = index
    return item
  }))
}

// Parts that stand on the page once: a template of their own, or what the server's sheet had.
const PARTS = { choice: 'template[data-flow-once=choice]', photo: 'form.scan-photo' }
const kept = {}

function place(part) {
  const name = part.dataset.flowPart
  const found = document.querySelector(PARTS[name])
  kept[name] ??= found?.content?.firstElementChild ?? found
  if (kept[name]) part.append(kept[name].cloneNode(true))
}

// `values` fill data-put and decide on data-if; `lists` are rows by data-list; kind: '', 'asks', 'stops'.
export function show(name, values = {}, lists = {}, kind = '') {
  const sheet = document.querySelector('main.sheet')
  const fresh = document.querySelector(`template[data-flow="${name}"]`).content.cloneNode(true)
  fresh.querySelectorAll('[data-flow-part]').forEach(place)
  fill(fresh, { ...values, online: navigator.onLine })
  for (const list of fresh.querySelectorAll('[data-list]')) listed(list, lists[list.dataset.list] ?? [])
  for (const place of fresh.querySelectorAll('.flow-from .place:first-child b')) place.textContent = values.from ?? values.source
  for (const part of fresh.querySelectorAll('input[name=flow-mode]')) part.checked = part.value === values.mode
  fresh.querySelector('[data-flow-do][data-if]:not([hidden], .undo)')?.classList.replace('btn-plain', 'btn-primary')
  for (const part of fresh.querySelectorAll('[data-some]')) part.hidden = !lists[part.dataset.some]?.length
  sheet.replaceChildren(...fresh.childNodes)
  sheet.dataset.flowShows = name
  document.body.classList.remove('asks', 'stops')
  if (kind) document.body.classList.add(kind)
  announce(sheet)
}

// What a screen reader is told, outside of the sheet that is replaced.
export function tell(words) {
  const live = document.querySelector('[data-flow-live]')
  if (live && words) live.textContent = words
}
