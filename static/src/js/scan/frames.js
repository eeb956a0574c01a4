// Pictures of the camera, one at a time: what lies in the frame on the screen, every few times all that is seen.
const LONGEST = 1280 // px of a side; more costs time and reads no better
const SMALL = 640 // px: a coarse camera's picture is read better at twice its size
const EVERY = 4
const PAUSE = 60 // ms between two pictures: a phone stays cool

// Where a box on the screen lies in the picture, which covers the view and is cut off on two sides. All in pixels.
export function within(box, view, picture, margin = 0) {
  const scale = Math.max(view.width / picture.width, view.height / picture.height)
  const left = (picture.width - view.width / scale) / 2
  const top = (picture.height - view.height / scale) / 2
  const x = Math.max(0, left + (box.left - view.left - margin * box.width) / scale)
  const y = Math.max(0, top + (box.top - view.top - margin * box.height) / scale)
  const width = Math.min(picture.width - x, (box.width * (1 + 2 * margin)) / scale)
  const height = Math.min(picture.height - y, (box.height * (1 + 2 * margin)) / scale)
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }
}

export class Frames {
  constructor(video, frame) {
    Object.assign(this, { video, frame, count: 0, canvas: document.createElement('canvas') })
    this.context = this.canvas.getContext('2d', { willReadFrequently: true })
  }

  // The next picture on the canvas, and whether it is all that is seen.
  take() {
    const { video, canvas } = this
    const whole = this.count++ % EVERY === EVERY - 1
    const view = video.getBoundingClientRect()
    const box = whole ? view : this.frame.getBoundingClientRect()
    const part = within(box, view, { width: video.videoWidth, height: video.videoHeight }, whole ? 0 : 0.15)
    const longest = Math.max(part.width, part.height)
    const scale = Math.min(longest < SMALL ? 2 : 1, LONGEST / longest)
    canvas.width = Math.max(1, Math.round(part.width * scale))
    canvas.height = Math.max(1, Math.round(part.height * scale))
    this.context.drawImage(video, part.x, part.y, part.width, part.height, 0, 0, canvas.width, canvas.height)
    return { canvas, whole }
  }
}

// Calls `each` for pictures as they come, never two at once; returns what stops it.
export function follow(video, each) {
  let going = true
  const next = (work) => {
    if (!going) return
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(work)
    else requestAnimationFrame(work)
  }
  const work = async () => {
    if (!going) return
    const began = performance.now()
    await each()
    setTimeout(next, Math.max(0, PAUSE - (performance.now() - began)), work)
  }
  next(work)
  return () => { going = false }
}
