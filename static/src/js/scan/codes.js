// The code on our own labels, as webapp/kernel/labels/codes.py reads it: /c/<company>/q/<letter><id in base 32>.
// One table of cases for both: tests/kernel/label_codes.json.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const URL = /^(?:https?:\/\/[^/?#\s]+)?\/c\/([^/?#\s]+)\/q\/([a-z])([0-7][0-9a-hjkmnp-tv-z]{25})\/?(?:[?#]\S*)?$/i
const MOST = 300
export const KINDS = {
  l: 'inventory.location', b: 'inventory.lot', g: 'catalog.product',
  s: 'purchasing.shipment', p: 'purchasing.order', o: 'sales.order',
}

// What one of our labels names: {kind, id, company}; null for any other text.
export function readCode(text) {
  const found = text.length <= MOST && URL.exec(text.trim())
  const kind = found && KINDS[found[2].toLowerCase()]
  return kind ? { kind, id: uuid(found[3]), company: found[1] } : null
}

function uuid(digits) {
  let number = 0n
  for (const digit of digits.toLowerCase()) number = number << 5n | BigInt(ALPHABET.indexOf(digit))
  const hex = number.toString(16).padStart(32, '0')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
