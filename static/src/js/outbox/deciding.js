// What needs a person: mine and theirs, a warning to say yes to, a refusal to correct; or to give it up, in writing.
import { uuid7 } from '../uuid7.js'
import { filled, moment, put } from '../words.js'
import { saved } from './exporting.js'
import { add, change, entry as stored, remove } from './store.js'
import { run } from './turns.js'

function flat(errors) {
  if (typeof errors === 'string') return [errors]
  return Object.values(errors ?? {}).flatMap(flat)
}

export function needing(page, entry) {
  const fresh = page.querySelector('template[data-card="needs"]').content.cloneNode(true)
  const root = fresh.firstElementChild
  const answer = entry.answer ?? {}
  const both = answer.conflict
  root.dataset.op = entry.op
  put(root, 'title', entry.title)
  put(root, 'message', answer.message || page.dataset[answer.result] || '')
  put(root, 'errors', [...new Set(flat(answer.errors))].filter((said) => said !== answer.message).join(' '))
  root.querySelector('[data-both]').hidden = !both
  if (both) {
    put(root, 'mine-who', [root.dataset.mine, moment(entry.madeAt)].join(' · '))
    put(root, 'mine-title', both.mine.title)
    put(root, 'mine-text', both.mine.text)
    put(root, 'theirs-who', [both.theirs.who, both.theirs.when].filter(Boolean).join(' · '))
    put(root, 'theirs-title', both.theirs.title)
    put(root, 'theirs-text', both.theirs.text)
    put(root, 'use-theirs', filled(root.dataset.theirs, both.theirs))
  }
  const may = { mine: both, theirs: both, accept: answer.accept, open: !both && answer.code !== 'operation.arrived', again: answer.result === 'broken' || answer.result === 'member' }
  for (const [name, yes] of Object.entries(may)) root.querySelectorAll(`[data-do="${name}"]`).forEach((one) => { one.hidden = !yes })
  root.querySelector('[data-do="open"]').href = `${entry.from}#correct=${entry.op}`
  return fresh
}

// The same once more under a new id that names the old; `alter` gives the fields it is sent with.
async function resend(op, alter) {
  const old = await stored(op)
  const id = uuid7()
  const fields = old.fields.filter(([name]) => name !== 'op_id')
  const made = { ...old, op: id, corrects: op, state: 'waiting', tries: 0, failed: 0, answer: null, offline: true }
  made.fields = [...alter(fields, old), ['op_id', id], ['op_names', op]]
  await add(made)
  return run()
}

// It may have arrived, its answer lost: it is the same operation still, sent as it was.
async function again(op) {
  await change(op, (row) => Object.assign(row, { state: 'waiting', failed: 0, answer: null, offline: true }))
  return run()
}

const ways = {
  mine: (op) => resend(op, (fields, old) => fields.map(([name, value]) => [name, name === 'base_version' ? String(Object.values(old.answer.conflict.versions)[0] ?? value) : value])),
  theirs: remove,
  accept: (op) => resend(op, (fields, old) => [...fields, ['accept', old.answer.accept]]),
  again,
  drop: remove,
  export: async (op) => saved([await stored(op)]),
}

export function attachDeciding(page) {
  page.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-do]')
    const op = button?.closest('[data-op]')?.dataset.op
    if (op && ways[button.dataset.do]) ways[button.dataset.do](op)
    if (event.target.closest('[data-send]')) run()
    if (event.target.closest('[data-export-all]')) saved()
  })
  page.addEventListener('input', (event) => {
    const typed = event.target
    if (!typed.dataset.typed) return
    typed.closest('details').querySelector('[data-do=drop]').disabled = typed.value.trim().toLowerCase() !== typed.dataset.typed.toLowerCase()
  })
}
