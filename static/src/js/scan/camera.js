// The camera's stream: one a session, kept while sheets change, let go while nobody sees the page.
const WANTED = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } },
}
const WHY = { NotAllowedError: 'refused', SecurityError: 'refused', NotFoundError: 'none', OverconstrainedError: 'none',
  NotReadableError: 'busy', AbortError: 'busy' }

let stream = null

export function running() {
  return stream !== null && stream.getVideoTracks()[0]?.readyState === 'live'
}

// Why there is no camera, as one word: insecure, refused, none, busy. Null where there may be one.
function hindrance() {
  if (!window.isSecureContext) return 'insecure'
  return navigator.mediaDevices?.getUserMedia ? null : 'none'
}

export async function granted() {
  try {
    return (await navigator.permissions.query({ name: 'camera' })).state === 'granted'
  } catch {
    return false
  }
}

// Shows the camera in the video; answers why not, or null.
export async function open(video) {
  const why = hindrance()
  if (why) return why
  try {
    if (!running()) stream = await navigator.mediaDevices.getUserMedia(WANTED)
    video.srcObject = stream
    await video.play()
    return null
  } catch (error) {
    close(video)
    return WHY[error.name] ?? 'none'
  }
}

export function close(video) {
  for (const track of stream?.getTracks() ?? []) track.stop()
  stream = null
  video.srcObject = null
}

export function track() {
  return stream?.getVideoTracks()[0] ?? null
}
