// Search as one types. A composition that is not finished is not a question.
import { untouched } from './pressed.js'
import { announce } from './shown.js'

const DELAY = 160
let timer
let asked

async function ask(input) {
  asked?.abort()
  asked = new AbortController()
  const { signal } = asked
  const url = new URL(input.dataset.action, location.href)
  url.searchParams.set(input.name, input.value)
  for (const [name, value] of new FormData(input.form)) if (name !== input.name) url.searchParams.set(name, value)
  const answer = await fetch(url, {
    headers: { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }, credentials: 'same-origin', signal,
  })
  if (!answer.ok || answer.redirected) return
  const target = document.querySelector(input.dataset.target)
  const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html')
  await untouched()
  if (signal.aborted) return
  target.replaceChildren(...(parsed.querySelector(input.dataset.target) ?? parsed.body).childNodes)
  if ('address' in input.dataset) history.replaceState(history.state, '', url)
  announce(target)
}

// Without a network the catalogue on this phone answers.
function offline(input) {
  asked = null
  document.dispatchEvent(new CustomEvent('search:offline', { detail: input }))
}

function soon(input) {
  clearTimeout(timer)
  timer = setTimeout(() => {
    if (!navigator.onLine) return offline(input)
    return ask(input).catch((error) => { if (error.name !== 'AbortError') offline(input) })
  }, DELAY)
}

export function attachSearch() {
  document.addEventListener('input', (event) => {
    if (event.target.matches?.('[data-search]') && !event.isComposing) soon(event.target)
  })
  document.addEventListener('submit', (event) => {
    const input = event.target.querySelector?.('[data-search]')
    if (input && !navigator.onLine) { event.preventDefault(); offline(input) }
  })
  document.addEventListener('compositionend', (event) => { if (event.target.matches?.('[data-search]')) soon(event.target) })
}
