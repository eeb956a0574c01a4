// One entry goes to the server; what comes back is judged by Op-Result alone. An answer without it proves nothing.
const PATIENCE = 25_000
const FRESH = 10_000
const BROKEN = 500

export const WAIT = { kind: 'wait' }

// Who the server says is signed in, with a token for what is sent. null: nobody; undefined: no network, or no answer of ours.
export async function session() {
  try {
    const answer = await fetch('/session', { credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(PATIENCE) })
    if (!answer.headers.has('Throughline')) return undefined
    return answer.status === 401 ? null : await answer.json()
  } catch { return undefined }
}

function body(entry, csrf) {
  const fields = new URLSearchParams()
  for (const [name, value] of entry.fields) fields.append(name, value)
  fields.append('csrf_token', csrf)
  return fields
}

// Made a moment ago and never tried: a person waits for the answer. Else it happened while nobody could be asked.
function waitedFor(entry, now = Date.now()) {
  return !entry.tries && !entry.offline && now - entry.madeAt < FRESH
}

export async function send(entry, csrf) {
  let answer
  try {
    answer = await fetch(entry.path, {
      method: 'POST', body: body(entry, csrf), credentials: 'same-origin', redirect: 'error', cache: 'no-store',
      headers: { Op: waitedFor(entry) ? 'now' : 'queued', Accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE),
    })
    return await verdict(answer)
  } catch {
    return WAIT // no answer, or half of one: it may have arrived, and will be asked again under the same id
  }
}

async function verdict(answer) {
  const result = answer.headers.get('Op-Result')
  if (result === 'applied' || result === 'replayed') return { kind: 'done', answer: await answer.json() }
  if (result === 'rejected' || result === 'conflict') return { kind: 'needs', answer: await answer.json() }
  if (answer.status === 401) return { kind: 'who' }
  if (answer.status === 403) return { kind: 'token' }
  return { kind: 'wait', failed: answer.status >= BROKEN, pause: Number(answer.headers.get('Retry-After')) * 1000 || 0 }
}
