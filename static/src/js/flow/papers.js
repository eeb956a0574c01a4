// Where the scan of a shipment, or of a pallet of it, leads where there is no network: to the page on which it is received.
const NOBODY = '00000000-0000-0000-0000-000000000000'

export function receiving(root, others) {
  const shipments = new Set(others.filter(({ kind }) => kind === 'purchasing.shipment').map(({ id }) => id))
  return shipments.size === 1 ? root.dataset.receivePage?.replace(NOBODY, [...shipments][0]) : undefined
}
