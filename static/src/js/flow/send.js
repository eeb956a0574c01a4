// What a flow did becomes an entry of the outbox, made of the page's own form: kept first, then sent; nobody waits for it.
import { entryOf } from '../outbox/made.js'
import { untilSeen } from '../outbox/refused.js'
import { add, entry as stored } from '../outbox/store.js'
import { run } from '../outbox/turns.js'
import { uuid7 } from '../uuid7.js'

const NOBODY = '00000000-0000-0000-0000-000000000000'

function made(name, values, from) {
  const model = document.querySelector(`template[data-flow-form="${name}"]`).content.querySelector('form')
  const form = document.importNode(model, true)
  form.action = form.action.replace(NOBODY, values.of ?? NOBODY)
  form.dataset.queueRows = form.dataset.queueRows.replace(NOBODY, values.lot_id ?? values.row ?? '')
  for (const [field, value] of Object.entries({ ...values, op_id: uuid7() })) {
    const control = form.elements.namedItem(field)
    if (control) control.value = value
  }
  return { ...entryOf(form), from, csrf: 'kept' in document.documentElement.dataset ? undefined : form.elements.csrf_token.value }
}

// `from`: the page on which a person would correct it. `refused` hears the server's answer where it was asked at once and said
// no: nothing was done, and nothing waits. Throws where there is no room to keep it.
export async function send(name, values, from, refused) {
  const { csrf, ...entry } = made(name, values, from)
  await add(entry)
  navigator.storage?.persist?.().catch(() => { /* asked again with the next one */ })
  document.dispatchEvent(new CustomEvent('outbox:queued', { detail: entry }))
  run(csrf).then(async () => {
    const now = await stored(entry.op)
    if (now?.state !== 'shown') return
    untilSeen(entry.op)
    document.dispatchEvent(new CustomEvent('pack:old'))
    refused(now.answer, entry)
  })
  return entry
}
