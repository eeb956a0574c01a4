// Keys where there is a keyboard: "/" goes to the search box, a shown key presses its button.
function writing(target) {
  return target.closest('input, select, textarea, [contenteditable]') !== null
}

export function attachKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return
    const target = event.key === '/'
      ? document.querySelector('[data-search]')
      : [...document.querySelectorAll('[data-key]')].find((button) => button.dataset.key === event.key.toLowerCase())
    if (!target) return
    event.preventDefault()
    if (target.matches('input')) target.focus()
    else target.click()
  })
}
