import { whenShown, within } from './shown.js'

function said(button) {
  const words = button.querySelector('[data-words]')
  const before = words.textContent
  words.textContent = button.dataset.done
  setTimeout(() => { words.textContent = before }, 2000)
}

async function copy(button, text) {
  await navigator.clipboard.writeText(text)
  said(button)
}

async function share(button) {
  const { text, url, title } = button.dataset
  if (!navigator.share) return copy(button, [text, url].filter(Boolean).join('\n'))
  try {
    await navigator.share({ text, url, title })
  } catch (error) {
    if (error.name !== 'AbortError') await copy(button, [text, url].filter(Boolean).join('\n'))
  }
}

export function attachSharing() {
  whenShown((root) => {
    if (navigator.clipboard) within(root, '[data-copy]').forEach((button) => { button.hidden = false })
    if (navigator.clipboard || navigator.share) within(root, '[data-share]').forEach((button) => { button.hidden = false })
  })
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-copy], [data-share]')
    if (!button) return
    if ('copy' in button.dataset) copy(button, button.dataset.copy)
    else share(button)
  })
  document.addEventListener('click', (event) => { if (event.target.closest('[data-print]')) window.print() })
}
