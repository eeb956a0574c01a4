// The camera on a scan page: offered, started where it was chosen before, and shown above the sheet.
import { arrive, scanField } from './arrive.js'
import { close, granted, open, running } from './camera.js'
import { controls } from './controls.js'
import { Decoder } from './decoder.js'
import { Frames, follow } from './frames.js'
import { Seen } from './seen.js'

const CHOICE = 'scan.camera'

function chosen() {
  try { return localStorage.getItem(CHOICE) } catch { return null }
}

function choose(value) {
  try { localStorage.setItem(CHOICE, value) } catch { /* asked again next time */ }
}

// Where a mouse is, there is a keyboard: the camera does not start by itself.
function handheld() {
  return window.matchMedia('(pointer: coarse)').matches
}

class View {
  constructor(root) {
    this.root = root
    this.top = root.closest('.scan-top')
    this.find = (name) => this.top.querySelector(`[data-camera-${name}]`)
    this.video = this.find('picture')
    this.seen = new Seen()
  }

  why(reason) {
    for (const words of this.top.querySelectorAll('[data-why]')) words.hidden = words.dataset.why !== reason
  }

  live(yes) {
    this.root.hidden = !yes
    this.find('ask').hidden = yes
    this.top.classList.toggle('live', yes)
    this.top.classList.remove('typing')
    document.dispatchEvent(new CustomEvent('scan:camera', { detail: { live: yes } }))
  }

  async start() {
    this.why(null)
    this.live(true)
    const reason = await open(this.video)
    if (reason) {
      this.stop()
      return this.why(reason)
    }
    this.decoder ??= new Decoder(this.root.dataset.worker, this.root.dataset.wasm)
    this.decoder.ready.catch(() => { this.stop(); this.why('broken') })
    this.controls.show()
    this.still?.()
    const frames = new Frames(this.video, this.find('frame'))
    this.still = follow(this.video, () => this.look(frames))
  }

  stop() {
    this.still?.()
    close(this.video)
    this.live(false)
  }

  async look(frames) {
    // Not while a form is on its way, nor when the picture is scrolled away.
    if (!this.video.videoWidth || 'visiting' in document.body.dataset || this.top.getBoundingClientRect().bottom < 120) return
    const at = performance.now()
    const { canvas, whole } = frames.take()
    const codes = await this.decoder.read(canvas, whole)
    const middle = [canvas.width / 2, canvas.height / 2]
    for (const code of codes) code.away = Math.hypot(code.x - middle[0], code.y - middle[1])
    const code = this.seen.look(codes, at)
    if (code && running()) arrive(code.text, 'camera', code.format, code.since)
  }

  attach() {
    this.controls = controls(this, { on: () => { choose('on'); this.start() }, off: () => { choose('off'); this.stop() } })
    this.find('ask').hidden = false
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && running()) { this.still?.(); close(this.video); this.resume = true }
      else if (!document.hidden && this.resume) { this.resume = false; this.start() }
    })
    window.addEventListener('pagehide', () => { if (running()) this.stop() })
    return this.begin()
  }

  async begin() {
    const choice = chosen()
    if (handheld() && choice !== 'off' && (choice === 'on' || await granted())) await this.start()
  }
}

export function attachView() {
  const root = document.querySelector('[data-scan-camera]')
  if (root && scanField()) new View(root).attach() // who may not scan here is offered no camera
}
