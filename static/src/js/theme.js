// The theme changes as it is chosen; the form that holds the choice saves it.
export function attachTheme() {
  const choose = (event) => {
    const control = event.target.closest?.('[data-theme-choice]')
    const value = control?.matches('button') ? control.value : event.target.value
    if (!control || (event.type === 'change' && control.matches('button'))) return
    if (value === 'light' || value === 'dark') document.documentElement.dataset.theme = value
    else delete document.documentElement.dataset.theme
  }
  document.addEventListener('change', choose)
  document.addEventListener('click', (event) => { if (event.target.closest('button[data-theme-choice]')) choose(event) })
}
