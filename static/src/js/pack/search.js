// Finding in the catalogue on this phone, as the server finds: any part of a name, code, phone or the initials of its pinyin.
export const KINDS = { products: 'catalog.product', customers: 'customer', suppliers: 'supplier', locations: 'inventory.location',
  leads: 'lead', orders: 'sales.order', deliveries: 'sales.delivery', purchases: 'purchasing.order', shipments: 'purchasing.shipment' }
const MOST = 40
const OF_A_KIND = 12

export function folded(text) {
  return (text ?? '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

const texts = {
  products: ([, sku, name, name2, , , , , codes, initials]) => [name, name2, sku, initials, ...(codes ?? []).map(([code]) => code)],
  locations: ([, code]) => [code],
  firms: ([, code, name, name2, phone, , , people, , initials]) => [name, name2, code, phone,
    ...(initials ?? '').split(' '), ...(people ?? []).flatMap(([person, , number]) => [person, number])],
  leads: ([, name, contact, phone, wechat, , , , initials]) => [name, contact, phone, wechat, ...(initials ?? '').split(' ')],
  papers: ([, number, , , name, name2]) => [number, name, name2],
  shipments: ([, number, , , name, name2, pallets]) => [number, name, name2, ...(pallets ?? [])],
}
texts.customers = texts.suppliers = texts.firms
texts.orders = texts.deliveries = texts.purchases = texts.papers

// One line of text a row, ready to be looked through.
export function prepared(tables) {
  const found = []
  for (const [name, kind] of Object.entries(KINDS)) {
    for (const row of tables.get(name) ?? []) {
      found.push({ kind, id: row[0], row, text: `\n${texts[name](row).map(folded).filter(Boolean).join('\n')}\n` })
    }
  }
  return found
}

// How much of the text is left from where it was found: the whole name found from its start is nearest.
function nearness(text, typed) {
  const place = text.indexOf(typed)
  return place < 0 ? Infinity : text.indexOf('\n', place) - place
}

// What `typed` finds, by kind, the kind with the nearest row first.
export function search(rows, typed, kinds) {
  const wanted = folded(typed).slice(0, 24)
  if (!wanted) return []
  const hits = []
  for (const row of rows) {
    if (kinds && !kinds.includes(row.kind)) continue
    const near = nearness(row.text, wanted)
    if (near < Infinity) hits.push({ near, row })
  }
  hits.sort((one, other) => one.near - other.near || (one.row.id < other.row.id ? -1 : 1))
  const groups = new Map()
  for (const { row } of hits.slice(0, MOST)) groups.set(row.kind, [...(groups.get(row.kind) ?? []), row])
  return [...groups].map(([kind, some]) => ({ kind, rows: some.slice(0, OF_A_KIND) }))
}
