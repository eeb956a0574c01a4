// The pack's own script: loaded when it is time to fetch, and where the catalogue answers in the server's place.
export { begin, empty, refresh } from './own.js'
export { showFound } from './found.js'
export { showCard } from './cards.js'
export { showPhone } from './phone.js'
export { takeOrder } from './order.js'
