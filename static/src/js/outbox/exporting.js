// What waits as a file: readable, and enough for somebody to type it in again.
import { waiting } from './api.js'

function plain(entry) {
  const fields = entry.fields.filter(([name]) => !['as', 'op_names'].includes(name))
  return { done: new Date(entry.madeAt).toISOString(), what: entry.title, more: entry.sub, address: entry.path, fields: Object.fromEntries(fields), operation: entry.op, refused: entry.answer?.message ?? '' }
}

export async function saved(entries) {
  const text = JSON.stringify((entries ?? await waiting()).map(plain), null, 2)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = `throughline-${new Date().toISOString().slice(0, 10)}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
