// Keys where there is a keyboard: "/" goes to the search box, a shown key presses its button. A key that others follow at
// once is a scanner's, and does nothing.
function writing(target) {
  return target.closest('input, select, textarea, [contenteditable]') !== null
}

function meant(key) {
  if (key === '/') return document.querySelector('[data-search]')
  return [...document.querySelectorAll('[data-key]')].find((button) => button.dataset.key === key.toLowerCase())
}

export function attachKeys() {
  const gap = Number(document.documentElement.dataset.scanGap) || 100
  let waiting
  document.addEventListener('keydown', (event) => {
    clearTimeout(waiting)
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return
    const target = meant(event.key)
    if (!target) return
    event.preventDefault()
    waiting = setTimeout(() => {
      if (target.matches('input')) target.focus()
      else target.click()
    }, gap)
  }, true)
}
