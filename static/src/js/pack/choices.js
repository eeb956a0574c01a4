// Rows of the catalogue to choose from, in the page's own list.
import { shown } from './rows.js'

export function choices(holder, rows, catalogue, words, name) {
  const model = holder.querySelector('template').content.firstElementChild
  holder.querySelector('.rows').replaceChildren(...rows.map((one) => {
    const item = model.cloneNode(true), about = shown(one, catalogue, words)
    item.querySelector('.row-name').textContent = about.name
    item.querySelector('.row-sub').textContent = about.sub
    item.querySelector('button').value = one.id
    item.querySelector('button').dataset.chosen = name
    return item
  }))
  holder.querySelector('.rows').hidden = !rows.length
}
