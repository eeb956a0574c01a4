import { folded } from './search.js'

// Customers taken in on this phone that the server does not know yet, in the shape of the others.
export function takenIn(entries) {
  return entries.filter((entry) => /\/customers$/.test(entry.path)).map((entry) => {
    const said = Object.fromEntries(entry.fields)
    const person = said.contact_name ? [[said.contact_name, null, said.contact_phone || null]] : null
    return { kind: 'customer', id: said.id, waiting: true, text: `\n${folded(said.name)}\n${folded(said.phone ?? '')}\n`,
      row: [said.id, '', said.name, null, said.phone || said.contact_phone || null, null, 0, person, null, ''] }
  }).filter((one) => one.id)
}
