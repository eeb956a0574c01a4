// A page that the phone kept says how old it is; one that it did not keep opens by itself once the server can be reached.
import { session } from './outbox/send.js'
import { filled, moment, put } from './words.js'

const LONGEST = 30_000

function opensOnceThere(pause = 2_000) {
  let timer
  const look = async () => {
    clearTimeout(timer)
    if (navigator.onLine && await session() !== undefined) return location.reload()
    timer = setTimeout(look, pause)
    pause = Math.min(pause * 2, LONGEST)
    return undefined
  }
  addEventListener('online', look)
  timer = setTimeout(look, pause)
}

export function attachKept() {
  if (document.querySelector('[data-not-here]')) opensOnceThere()
  const at = document.documentElement.dataset.kept
  const words = document.querySelector('template[data-kept-note]')
  const place = document.querySelector('main')
  // What is filled on the phone is as it stands, or says itself how old it is.
  if (!at || !words || !place || document.querySelector('[data-pack-card], [data-pack-order], [data-flow-page], [data-pack-page], [data-outbox-page]')) return
  const note = words.content.firstElementChild.cloneNode(true)
  put(note, 'when', filled(note.dataset.words, { when: moment(at) }))
  place.prepend(note)
}
