// On scan pages forms and links are followed by fetch, so that the sheet changes and the camera stays. What leads elsewhere, or
// fails, goes the ordinary way. Others ask for it by page:go { url } and page:show { html }.
import { show } from './sheet.js'

async function ask(url, options) {
  document.body.dataset.visiting = ''
  try {
    const response = await fetch(url, { credentials: 'same-origin', headers: { Accept: 'text/html' }, ...options })
    return { response, text: await response.text() }
  } finally {
    delete document.body.dataset.visiting
  }
}

export async function visit(url, how = 'push') {
  const leave = (to) => (how === 'back' ? location.replace(to) : location.assign(to))
  try {
    const { response, text } = await ask(url)
    if (!show(text, response.url, how)) leave(response.url)
  } catch {
    leave(url)
  }
}

// Where a form leads may be told only once (the words of what was done): a page that is none of these is left to the browser.
function near(url) {
  const { pathname, origin } = new URL(url, location.href)
  return origin === location.origin && [location.pathname, document.documentElement.dataset.scanPage].includes(pathname)
}

// Whether the answer is on the page, or on its way.
async function post(action, fields) {
  const { response, text } = await ask(action, { method: 'POST', body: fields, headers: { Accept: 'text/html', Op: 'now' } })
  if (!response.headers.get('Content-Type')?.includes('json')) return show(text, location.href)
  const answer = JSON.parse(text)
  if (answer.page) return show(answer.page, location.href)
  if (!answer.location) return false
  if (near(answer.location)) await visit(answer.location)
  else location.assign(answer.location)
  return true
}

function sent(event) {
  const { target: form, submitter } = event
  if (event.defaultPrevented || !document.body.matches('.scan') || form.target || form.enctype.startsWith('multipart')) return
  event.preventDefault()
  if ('visiting' in document.body.dataset) return
  const fields = new URLSearchParams(new FormData(form, submitter))
  const action = submitter?.hasAttribute('formaction') ? submitter.formAction : form.action
  if (form.method === 'get') return void visit(`${action.split('?')[0]}?${fields}`)
  post(action, fields).catch(() => false).then((done) => { if (!done) resend(form, submitter) })
}

// The same operation once more, by the browser itself: its id makes sure that it is done once.
function resend(form, submitter) {
  if (submitter?.name) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: submitter.name, value: submitter.value }))
  if (submitter?.hasAttribute('formaction')) form.action = submitter.formAction
  form.submit()
}

function followed(event) {
  const link = event.target.closest('main a[href]')
  if (!link || event.defaultPrevented || !document.querySelector('.scan-top.live') || event.metaKey || event.ctrlKey || event.button || link.target || link.download) return
  event.preventDefault()
  visit(link.href)
}

export function attachVisits() {
  document.addEventListener('submit', sent)
  document.addEventListener('click', followed)
  document.addEventListener('page:go', (event) => {
    if (!near(event.detail.url)) return
    event.preventDefault()
    visit(event.detail.url)
  })
  document.addEventListener('page:show', (event) => { if (show(event.detail.html, location.href)) event.preventDefault() })
  history.replaceState({ scan: true }, '')
  window.addEventListener('popstate', (event) => { if (event.state?.scan) visit(location.href, 'back') })
}
