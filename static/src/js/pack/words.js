// Words of the page filled in, days and names in the reader's language.
const NBSP = '\u00a0'
const zh = () => document.documentElement.lang.startsWith('zh')

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
  const [year, month, date] = iso.split('-').map(Number)
  const when = new Date(year, month - 1, date)
  const said = (format) => new Intl.DateTimeFormat(zh() ? 'zh-CN' : 'en-GB', format).format(when).replaceAll(' ', NBSP)
  const exact = { day: 'numeric', month: zh() ? 'long' : 'short' }
  if (year !== new Date().getFullYear()) return said({ ...exact, year: 'numeric' })
  return said({ weekday: 'short' }) + NBSP + said(exact)
}

// 10:42 today, 24 Nov 10:42 before.
export function moment(at) {
  const when = new Date(at)
  const format = { hour: '2-digit', minute: '2-digit', hour12: false }
  if (when.toDateString() !== new Date().toDateString()) Object.assign(format, { day: 'numeric', month: zh() ? 'long' : 'short' })
  return new Intl.DateTimeFormat(zh() ? 'zh-CN' : 'en-GB', format).format(when)
}

export function count(number) {
  return new Intl.NumberFormat('en-GB', { maximumFractionDigits: 4 }).format(number).replace('-', '−')
}

export function put(root, name, text) {
  for (const place of root.querySelectorAll(`[data-put="${name}"]`)) {
    place.textContent = text
    const holder = place.closest('[data-hide]')
    if (holder) holder.hidden = !text
  }
}
