// What other scripts may use of the outbox.
import { sentBy } from './sent.js'
import { entriesOf } from './store.js'
import { reader } from './made.js'

// Entries of the reader that the server has not answered yet, oldest first.
export async function waiting() {
  return entriesOf(reader())
}

// What arrived within a day, newest first.
export async function sent() {
  return sentBy(reader())
}

export { add as enqueue } from './store.js'
export { run } from './turns.js'
