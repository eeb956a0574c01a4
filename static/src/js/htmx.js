// htmx for the quick way; forms that queue go by the outbox, never by it. Its settings are in the page's meta tag.
import htmx from 'htmx.org/dist/htmx.esm.js'

export default htmx
