// Where the scan of a paper leads where there is no network.
import { pagesKept } from '../pack/keeping.js'

const NOBODY = '00000000-0000-0000-0000-000000000000'

// Of a shipment, or of a pallet of it: to the page on which it is received, for who may do that.
export function receiving(root, others) {
  const shipments = new Set(others.filter(({ kind }) => kind === 'purchasing.shipment').map(({ id }) => id))
  return shipments.size === 1 ? root.dataset.receivePage?.replace(NOBODY, [...shipments][0]) : undefined
}

// Of any other: to its page, where the phone has it.
export async function pageKept(catalogue, others) {
  const kept = await pagesKept()
  return others.map(({ kind, id }) => catalogue.page(kind, id)).find((page) => kept.has(page))
}
