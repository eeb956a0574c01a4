import { browserSupportsWebAuthn, browserSupportsWebAuthnAutofill, startAuthentication, startRegistration } from '@simplewebauthn/browser'
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

// Where the browser can, a passkey stands among what it fills into the login field; whoever takes it is in.
async function offer(box) {
  const { passkey, options, verify } = box.dataset
  if (passkey !== 'signin' || !document.querySelector('input[autocomplete~="webauthn"]')) return
  if (!(await browserSupportsWebAuthnAutofill())) return
  try {
    const asked = await post(box, options, {})
    const answer = await startAuthentication({ optionsJSON: asked.publicKey ?? asked, useBrowserAutofill: true })
    location.assign((await post(box, verify, answer)).location ?? location.href)
  } catch (error) {
    if (!unwilling.has(error.name)) show(box, wordsFor(box, error))
  }
}

function wordsFor(box, error) {
  if (error.name === 'Refused' && error.message) return error.message
  if (error.name === 'InvalidStateError') return words(box, 'known')
  return words(box, unwilling.has(error.name) ? 'cancelled' : 'refused')
}

export function attachPasskeys() {
  if (!browserSupportsWebAuthn()) return
  whenShown((root) => within(root, '[data-passkey]').forEach((box) => {
    box.hidden = false
    offer(box)
  }))
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
