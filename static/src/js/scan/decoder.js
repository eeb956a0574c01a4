// Reads the codes in a picture: by the platform where it is proven, else by zxing in a worker. One decoder a session.
import { platformReader } from './platform.js'

export class Decoder {
  constructor(script, wasm) {
    this.waiting = new Map()
    this.worker = new Worker(script)
    this.ready = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }))
    this.ready.catch(() => { /* whoever reads is told */ })
    this.worker.addEventListener('message', ({ data }) => this.answered(data))
    this.worker.addEventListener('error', () => this.reject(new Error('the worker does not start')))
    this.worker.postMessage({ wasm: new URL(wasm, location.href).href })
    platformReader().then((reader) => { this.platform = reader })
  }

  answered(data) {
    if (data.ready) return this.resolve()
    if (data.id === undefined) return this.reject(new Error(data.failed))
    this.waiting.get(data.id)?.(data.codes ?? [])
    this.waiting.delete(data.id)
  }

  // [{ text, format, x, y }] of the canvas's codes. `thorough`: also inverted ones, for as long as it takes.
  async read(canvas, thorough) {
    const quickly = await this.platform?.(canvas).catch(() => { this.platform = null })
    if (quickly?.length) return quickly
    await this.ready
    const { width, height } = canvas
    const { data } = canvas.getContext('2d', { willReadFrequently: true }).getImageData(0, 0, width, height)
    const id = (this.last = (this.last ?? 0) + 1)
    const answer = new Promise((resolve) => this.waiting.set(id, resolve))
    this.worker.postMessage({ id, image: data.buffer, width, height, thorough }, [data.buffer])
    return answer
  }
}
