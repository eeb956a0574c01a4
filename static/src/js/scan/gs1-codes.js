// GTINs of every length as one, and the dates of labels. See webapp/kernel/scanning/codes.py.
export const rightDigit = (code) => String((10 - [...code.slice(0, -1)].reverse().reduce((sum, digit, n) => sum + digit * (n % 2 ? 1 : 3), 0) % 10) % 10)
export const checks = (code) => code.slice(-1) === rightDigit(code)
export const long = (code) => /^(\d{8}|\d{12,14})$/.test(code)
export const gtin14 = (code) => long(code) && checks(code) ? code.padStart(14, '0') : ''

// The 14 digits that 8 digits of UPC-E are short for, or nothing.
export function upcE(code) {
  if (!/^[01]\d{7}$/.test(code)) return ''
  const six = code.slice(1, 7), last = +six[5], kept = last < 3 ? 2 : last < 5 ? last : 5
  const middle = kept < 3 ? six.slice(0, 2) + last + '0000' + six.slice(2, 5) : kept < 5 ? six.slice(0, kept) + '00000' + six.slice(kept, 5) : six.slice(0, 5) + '0000' + last
  return gtin14(code[0] + middle + code[7])
}

// YYMMDD within 49 years past and 50 ahead; day 00 is the month's last. Nothing where it is no date.
export function dayOf(value) {
  const [yy, month, day] = value.match(/../g).map(Number), now = new Date().getFullYear(), ahead = yy - now % 100
  const year = yy + now - now % 100 - (ahead > 50 ? 100 : ahead < -49 ? -100 : 0)
  const last = month > 0 && month < 13 ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 0
  return last && day <= last ? `${year}-${value.slice(2, 4)}-${String(day || last).padStart(2, '0')}` : ''
}
