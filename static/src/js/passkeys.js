import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { whenShown, within } from './shown.js'

const unwilling = new Set(['NotAllowedError', 'AbortError'])

async function post(box, url, body) {
  const answer = await fetch(url, {
    method: 'POST', credentials: 'same-origin', body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': box.dataset.csrf },
  })
  const result = await answer.json().catch(() => ({}))
  if (!answer.ok) throw Object.assign(new Error(result.message ?? ''), { name: 'Refused' })
  return result
}

function words(box, which) {
  return box.querySelector(`template[data-${which}]`).content.textContent
}

function show(box, text) {
  const error = box.querySelector('[data-error]')
  error.querySelector('[data-words]').textContent = text
  error.hidden = text === ''
}

async function use(box) {
  const { passkey, options, verify, nameField } = box.dataset
  const name = nameField ? document.getElementById(nameField)?.value : undefined
  const asked = await post(box, options, name === undefined ? {} : { name })
  const optionsJSON = asked.publicKey ?? asked
  const answer = passkey === 'register' ? await startRegistration({ optionsJSON }) : await startAuthentication({ optionsJSON })
  const result = await post(box, verify, name === undefined ? answer : { ...answer, name })
  location.assign(result.location ?? location.href)
}

function wordsFor(box, error) {
  if (error.name === 'Refused' && error.message) return error.message
  if (error.name === 'InvalidStateError') return words(box, 'known')
  return words(box, unwilling.has(error.name) ? 'cancelled' : 'refused')
}

export function attachPasskeys() {
  if (!browserSupportsWebAuthn()) return
  whenShown((root) => within(root, '[data-passkey]').forEach((box) => { box.hidden = false }))
  document.addEventListener('click', async (event) => {
    const box = event.target.closest('[data-passkey]')
    const button = event.target.closest('[data-passkey] button')
    if (!button || button.disabled) return
    show(box, '')
    button.disabled = true
    try {
      await use(box)
    } catch (error) {
      show(box, wordsFor(box, error))
    } finally {
      button.disabled = false
    }
  })
}
