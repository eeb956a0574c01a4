// What is found without a network, in the rows that the server would have answered with.
import { catalogue as open, sayAge } from './own.js'
import { pagesKept } from './keeping.js'
import { untouched } from '../pressed.js'
import { shown, write } from './rows.js'

// The page of a row where it is kept, else the card that the catalogue fills; of a product the card, which knows what waits.
export function address(one, catalogue, kept, cards) {
  const page = catalogue.page(one.kind, one.id), card = cards.get(one.kind)
  if (card?.first || (card && !kept.has(page))) return `${card.address}#${one.id}`
  return page
}

function group(template, rows, catalogue, kept, cards) {
  const part = template.content.cloneNode(true)
  part.querySelector('.section span').textContent = `${template.dataset.title} · ${rows.length}`
  const list = part.querySelector('.rows'), model = list.firstElementChild
  list.setAttribute('aria-label', template.dataset.title)
  list.replaceChildren(...rows.map((one) => {
    const item = model.cloneNode(true)
    write(item, shown(one, catalogue, template.parentElement.dataset))
    const link = item.querySelector('a'), there = address(one, catalogue, kept, cards)
    if (link && there) link.href = there
    return item
  }))
  return part
}

function newOnes(groups, news, typed) {
  const text = typed.toLowerCase()
  const found = news.filter((one) => one.text.includes(text))
  if (!found.length) return groups
  const others = groups.find(({ kind }) => kind === 'customer')
  return [{ kind: 'customer', rows: [...found, ...others?.rows ?? []] }, ...groups.filter((one) => one !== others)]
}

// `input` is the box one types into: where it answers and with what words its page says.
export async function showFound(input) {
  const target = document.querySelector(input.dataset.target)
  const words = document.querySelector(`[data-pack-words="${input.dataset.target}"]`)
  if (!target || !words || !input.value.trim()) return
  const templates = new Map([...words.querySelectorAll('template[data-kind]')].map((one) => [one.dataset.kind, one]))
  const cards = new Map([...templates].filter(([, one]) => one.dataset.card)
    .map(([kind, one]) => [kind, { address: one.dataset.card, first: 'first' in one.dataset }]))
  const [catalogue, kept] = await Promise.all([open(), pagesKept()])
  const typed = input.value
  const groups = newOnes(catalogue.search(typed, [...templates.keys()]), templates.has('customer') ? await catalogue.newCustomers() : [], typed)
  const parts = groups.map(({ kind, rows }) => group(templates.get(kind), rows, catalogue, kept, cards))
  const note = words.querySelector('template[data-note]').content.firstElementChild.cloneNode(true)
  await sayAge(note)
  await untouched()
  if (input.value !== typed) return
  // A page that the phone kept has said already how old it is.
  target.replaceChildren(...('kept' in document.documentElement.dataset ? [] : [note]), ...(parts.length ? parts : [words.querySelector('template[data-none]').content.cloneNode(true)]))
  target.dispatchEvent(new CustomEvent('pack:shown', { bubbles: true }))
}
