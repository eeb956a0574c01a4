// For tests/browser/test_photographs.py: what the camera's page takes of a picture held before it, far and near and not still.
import { Decoder } from '../js/scan/decoder.js'
import { Seen } from '../js/scan/seen.js'

// How a hand holds it: [times as big, degrees turned].
const HELD = [[1, 0], [2, 0], [3, 0], [1.5, 0], [2, 1], [3, -1], [1, 2], [2.5, -2], [2, 3], [3, -3], [1.5, 4], [4, 0], [2, -4], [1, 0], [2, 0], [0.8, 0]]
const LONGEST = 1280

function drawn(image, scale, turned) {
  const canvas = document.createElement('canvas')
  const fit = Math.min(scale, LONGEST / Math.max(image.width, image.height))
  const angle = (turned * Math.PI) / 180
  const [width, height] = [Math.round(image.width * fit), Math.round(image.height * fit)]
  canvas.width = 2 * Math.floor((width + height * Math.abs(Math.sin(angle))) / 2) + (width % 2)
  canvas.height = 2 * Math.floor((height + width * Math.abs(Math.sin(angle))) / 2) + (height % 2)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context.imageSmoothingQuality = 'high'
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate(angle)
  context.drawImage(image, -width / 2, -height / 2, width, height)
  return canvas
}

// The texts taken, and how long each look took.
export async function taken(decoder, source) {
  const image = new Image()
  image.src = source
  await image.decode()
  const [seen, texts, times] = [new Seen(), [], []]
  for (const [at, [scale, turned]] of HELD.entries()) {
    const canvas = drawn(image, scale, turned)
    const began = performance.now()
    const codes = await decoder.read(canvas, at % 4 === 3)
    times.push(performance.now() - began)
    for (const code of codes) code.away = Math.hypot(code.x - canvas.width / 2, code.y - canvas.height / 2)
    const code = seen.look(codes, at * 80)
    if (code) texts.push(code.text)
  }
  return { texts, times }
}

export function decoder() {
  const { worker, wasm } = document.querySelector('[data-scan-camera]').dataset
  return new Decoder(worker, wasm)
}
