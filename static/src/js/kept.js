// A page that the phone kept says how old it is.
import { filled, moment, put } from './pack/words.js'

export function attachKept() {
  const at = document.documentElement.dataset.kept
  const words = document.querySelector('template[data-kept-note]')
  const place = document.querySelector('main')
  // What is filled on the phone is as it stands, or says itself how old it is.
  if (!at || !words || !place || document.querySelector('[data-pack-card], [data-pack-order], [data-pack-scan], [data-pack-page], [data-outbox-page]')) return
  const note = words.content.firstElementChild.cloneNode(true)
  put(note, 'when', filled(note.dataset.words, { when: moment(at) }))
  place.prepend(note)
}
