// Whether goods may go to a customer on a day, by the server's own rule (webapp/sales/queries/shelf_life.py).
const A_DAY = 86_400_000

export function judged(expires, least, day) {
  if (!expires) return 'goes'
  const left = Math.round((Date.parse(expires) - Date.parse(day)) / A_DAY)
  if (left < 0) return 'stops'
  return left < least ? 'asks' : 'goes'
}
