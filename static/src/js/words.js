// Words of the page filled in; days, moments, names and figures in the reader's language.
const NBSP = '\u00a0'
const zh = () => document.documentElement.lang.startsWith('zh')
const said = (when, format) => new Intl.DateTimeFormat(zh() ? 'zh-CN' : 'en-GB', format).format(when)
const DATE = { day: 'numeric', month: 'short' }

export function filled(words, values) {
  return (words ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
}

// The name that fits the reader, of a thing that may have two.
export function named(name, name2) {
  if (!name2) return name ?? ''
  return /[\u4e00-\u9fff]/.test(name) === zh() ? name : name2
}

// 周五 11月27日; Fri 27 Nov; the year instead of the weekday where it is another.
export function day(iso) {
  if (!iso) return ''
  const [year, month, date] = iso.split('-').map(Number), when = new Date(year, month - 1, date)
  const parts = year === new Date().getFullYear() ? [said(when, { weekday: 'short' }), said(when, DATE)] : [said(when, { ...DATE, year: 'numeric' })]
  return parts.join(' ').replaceAll(' ', NBSP)
}

// 10:42 today, 24 Nov 10:42 before.
export function moment(at) {
  const when = new Date(at), hour = said(when, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return when.toDateString() === new Date().toDateString() ? hour : `${said(when, DATE)} ${hour}`
}

export function count(number) {
  return new Intl.NumberFormat('en-GB', { maximumFractionDigits: 4 }).format(number).replace('-', '−')
}

export function money(amount) {
  return new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount)
}

// What has nothing to say is not there.
export function put(root, name, text) {
  for (const place of root.querySelectorAll(`[data-put="${name}"]`)) {
    place.textContent = text
    place.hidden = !text
  }
}
