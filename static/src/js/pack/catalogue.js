// The catalogue on this phone: what a code means, what a text finds, where a product lies.
import { takenIn } from './newcomers.js'
import { KINDS, prepared, search as find } from './search.js'
import { changesOf, lying, summed } from './stock.js'
import { rowsOf, tablesOf } from './store.js'

const GTIN = /^\d{8,14}$/

// A GTIN is the same with and without leading zeros.
function same(code) {
  const said = code.trim()
  return GTIN.test(said) ? said.replace(/^0+/, '') : said.toUpperCase()
}

export class Catalogue {
  constructor(tables, about, { waiting = async () => [], sent = async () => [] } = {}) {
    this.tables = tables
    this.about = about
    this.waiting = waiting
    this.sent = sent
    this.locations = new Map((tables.get('locations') ?? []).map((row) => [row[0], row]))
    this.codes = new Map((tables.get('locations') ?? []).map((row) => [row[0], row[1]]))
    this.blocked = new Set((tables.get('locations') ?? []).filter((row) => row[2] === 'blocked').map((row) => row[1]))
    this.stock = new Map((tables.get('stock') ?? []).map((row) => [row[0], row]))
  }

  get rows() {
    return (this.prepared ??= prepared(this.tables))
  }

  row(name, id) {
    this.byId ??= new Map()
    if (!this.byId.has(name)) this.byId.set(name, new Map((this.tables.get(name) ?? []).map((row) => [row[0], row])))
    return this.byId.get(name).get(id)
  }

  // Where a row's page is; nothing for a kind that has none.
  page(kind, id) {
    const name = Object.keys(KINDS).find((key) => KINDS[key] === kind)
    return this.about.get(name)?.page?.replace('00000000-0000-0000-0000-000000000000', id)
  }

  search(text, kinds) {
    return find(this.rows, text, kinds)
  }

  // [{kind, id, row, factor?, lot?}]: a product by barcode or its own code, a lot, a place, a paper's number.
  lookup(code) {
    this.index ??= this.indexed()
    return this.index.get(same(code)) ?? []
  }

  lotsOf(product) {
    return (this.stock.get(product)?.[1] ?? []).map((lot) => ({ kind: 'inventory.lot', id: lot[0], row: lot, product }))
  }

  indexed() {
    const index = new Map()
    const put = (code, one) => { const key = same(code ?? ''); if (key) index.set(key, [...(index.get(key) ?? []), one]) }
    for (const row of this.tables.get('products') ?? []) {
      const one = { kind: KINDS.products, id: row[0], row, factor: '1' }
      for (const [code, factor] of row[8] ?? []) put(code, { ...one, factor })
      if (!(row[8] ?? []).some(([code]) => same(code) === same(row[1]))) put(row[1], one)
      for (const lot of this.lotsOf(row[0])) if (lot.row[1]) put(lot.row[1], lot)
    }
    for (const name of ['locations', 'orders', 'deliveries', 'purchases', 'shipments']) {
      for (const row of this.tables.get(name) ?? []) for (const code of [row[1], ...(name === 'shipments' ? row[6] ?? [] : [])]) put(code, { kind: KINDS[name], id: row[0], row })
    }
    return index
  }

  // What was done here to the stock: what waits, and what arrived after the catalogue was fetched.
  async changes() {
    const at = this.about.get('stock')?.at ?? 0
    const sent = (await this.sent().catch(() => [])).filter((entry) => entry.sentAt > at)
    return changesOf([...sent.reverse(), ...await this.waiting().catch(() => [])], this.codes)
  }

  // Where a product lies as far as this phone knows, and what that comes to; `waiting` on what is not yet confirmed.
  async stockOf(product, today = new Date().toLocaleDateString('sv')) {
    const changes = (await this.changes()).filter((change) => change.product === product)
    const places = lying(this.stock.get(product), changes)
    return { places, ...summed(places, this.blocked, today), waiting: changes.some((change) => change.waiting) }
  }

  async newCustomers() {
    return takenIn(await this.waiting().catch(() => []))
  }
}

export async function openCatalogue(scope, parts) {
  const [tables, about] = await Promise.all([rowsOf(scope), tablesOf(scope)])
  return new Catalogue(tables, about, parts)
}
