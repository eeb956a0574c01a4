// Lines one adds: a copy of the list's template, its __index__ replaced by the next number.
import { announce, whenShown, within } from './shown.js'

function add(list) {
  const template = list.querySelector('template')
  const index = Number(list.dataset.next || 0)
  list.dataset.next = String(index + 1)
  const holder = document.createElement('template')
  holder.innerHTML = template.innerHTML.replaceAll('__index__', String(index))
  const line = holder.content.firstElementChild
  list.insertBefore(holder.content, template)
  announce(list)
  return line
}

// A draft may hold more lines than the page came with.
function addForDraft(form, fields) {
  for (const list of form.querySelectorAll('[data-lines]')) {
    const numbers = fields.map(([name]) => new RegExp(`^${list.id}-(\\d+)-`).exec(name)?.[1]).filter(Boolean).map(Number)
    while (Number(list.dataset.next || 0) <= Math.max(-1, ...numbers)) add(list)
  }
}

export function attachLines() {
  whenShown((root) => within(root, '[data-add-line]').forEach((button) => { button.hidden = false }))
  document.addEventListener('draft:lines', (event) => addForDraft(event.target, event.detail))
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-add-line]')
    if (button) add(document.getElementById(button.dataset.addLine)).querySelector('input:not([type=hidden]), select')?.focus()
    const remove = event.target.closest('[data-remove-line]')
    if (!remove) return
    const list = remove.closest('[data-lines]')
    remove.closest('[data-line]')?.remove()
    list?.closest('form')?.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
