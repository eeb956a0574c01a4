// Me → On this phone: what is there, how old, how much; fetched now, or emptied.
import { carried, empty, refresh, sizes } from './own.js'
import { filled, moment, put } from '../words.js'

async function tell(page) {
  const [{ tables, pages, bytes, at }, rows] = await Promise.all([carried(), sizes()])
  for (const item of page.querySelectorAll('[data-table]')) {
    const name = item.dataset.table
    item.hidden = name !== 'pages' && !tables.has(name)
    const figure = item.querySelector('.fig')
    figure.firstChild.textContent = (name === 'pages' ? pages.size : rows[name] ?? 0).toLocaleString('en-GB')
  }
  const nothing = !tables.size && !pages.size
  page.querySelector('[data-none]').hidden = !nothing
  page.querySelector('[data-some]').hidden = nothing
  put(page, 'age', at ? filled(page.dataset.age, { when: moment(at), size: Math.max(.1, bytes / 1e6).toFixed(1) }) : page.dataset.unfinished)
}

function say(page, why) {
  for (const note of page.querySelectorAll('[data-why]')) note.hidden = note.dataset.why !== why
}

async function fetchNow(page, { noteFetched }) {
  const bar = page.querySelector('progress'), button = page.querySelector('[data-fetch]')
  button.disabled = true
  say(page, '')
  try {
    bar.hidden = false
    const did = await refresh(({ done, total }) => Object.assign(bar, { max: total || 1, value: total ? done : 1 }))
    if (did) noteFetched()
    say(page, did ? 'fetched' : 'elsewhere')
  } catch (error) {
    say(page, ['network', 'signed-out', 'full'].includes(error.why) ? error.why : 'server')
  } finally {
    bar.hidden = true
    button.disabled = false
    await tell(page)
  }
}

// `notes` remembers for all pages when it was fetched.
export function showPhone(page, notes) {
  if ('shown' in page.dataset) return
  page.dataset.shown = ''
  tell(page).then(() => { if (!notes.fetchedAt() && navigator.onLine) fetchNow(page, notes) }, () => say(page, 'server'))
  page.querySelector('[data-fetch]').addEventListener('click', () => fetchNow(page, notes))
  page.querySelector('[data-empty]').addEventListener('click', async () => {
    await empty()
    notes.noteFetched(0)
    say(page, 'emptied')
    await tell(page)
  })
}
