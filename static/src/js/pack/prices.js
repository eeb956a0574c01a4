// What a customer pays for a product: the last price with its day, else about the list's; the server has the last word.
export function priceOf(catalogue, customer, product) {
  const paid = catalogue.row('prices', customer)?.[1].find(([id]) => id === product)
  return paid ? { price: paid[1], day: paid[2] } : { price: catalogue.row('products', product)?.[6] ?? '0' }
}
