// The hour of a moment as people here write it; with its day where that is not today.
export function clock(moment, now = Date.now()) {
  const at = new Date(moment)
  const language = document.documentElement.lang
  const hour = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  if (at.toDateString() === new Date(now).toDateString()) return hour
  return `${new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' }).format(at)} ${hour}`
}
