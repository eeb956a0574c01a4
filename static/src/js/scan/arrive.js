// A code has come: by camera, scanner, typing or photo. Whoever shows a flow takes it (scan:code, preventDefault). If nobody
// does, it goes into the page's scan field and that form is sent; where there is none, it opens the scan page.
import { whenShown } from '../shown.js'

const waiting = []

// `at` is when it came into view, or was typed to its end.
export function arrive(text, source, symbology = '', at = performance.now()) {
  document.dispatchEvent(new CustomEvent('scan:code', { detail: { text, symbology, source, at }, cancelable: true }))
}

export function scanField() {
  return document.querySelector('input[data-scan-field]')
}

function busy(field) {
  return 'visiting' in document.body.dataset || (field?.form && 'sending' in field.form.dataset)
}

function byDefault(detail) {
  const field = scanField()
  if (busy(field)) return void waiting.push(detail)
  const page = document.documentElement.dataset.scanPage
  if (field?.form) {
    field.value = detail.text
    document.body.dataset.scanned = detail.source
    field.form.requestSubmit()
  } else if (page) location.assign(`${page}?code=${encodeURIComponent(detail.text)}`)
}

export function attachArrival() {
  document.addEventListener('scan:code', (event) => {
    // After everyone who listens has had their say.
    queueMicrotask(() => {
      const field = scanField()
      if (!event.defaultPrevented) byDefault(event.detail)
      else if (field && field.value.trim() === event.detail.text.trim()) field.value = ''
    })
  })
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-scan-go]')
    const typed = scanField()?.value.trim()
    if (!button || !typed) return
    event.preventDefault()
    arrive(typed, 'typed')
  })
  whenShown((root, how) => {
    if (how !== 'load' && waiting.length > 0) setTimeout(() => { if (!busy(scanField())) byDefault(waiting.shift()) })
  })
}
