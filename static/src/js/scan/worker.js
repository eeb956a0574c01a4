// Reads codes beside the page. The first message names the wasm, each further one brings a picture.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

export const FORMATS = ['EAN13', 'EAN8', 'UPCA', 'UPCE', 'ITF', 'ITF14', 'Code128', 'DataBar', 'QRCode', 'DataMatrix']
const EVERYTHING = { formats: FORMATS, textMode: 'Plain', maxNumberOfSymbols: 8 }
const QUICK = { ...EVERYTHING, tryInvert: false, maxNumberOfSymbols: 4 }

const GS1 = { Code128: ']C1', DataMatrix: ']d2', QRCode: ']Q3', QRCodeModel2: ']Q3' }

// GS1 keeps its symbology's prefix and its separators: what comes after is then never guessed.
function said({ text, contentType, format, position }) {
  const corners = [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft]
  const middle = (axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / 4
  return { text: contentType === 'GS1' ? (GS1[format] ?? ']e0') + text : text, format, x: middle('x'), y: middle('y') }
}

async function start(wasm) {
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
  return { ready: true }
}

async function read({ id, image, width, height, thorough }) {
  const picture = new ImageData(new Uint8ClampedArray(image), width, height)
  const found = await readBarcodes(picture, thorough ? EVERYTHING : QUICK)
  return { id, codes: found.filter((code) => code.isValid && code.text !== '').map(said) }
}

self.addEventListener('message', async ({ data }) => {
  try {
    self.postMessage(await (data.wasm ? start(data.wasm) : read(data)))
  } catch (error) {
    self.postMessage({ id: data.id, failed: String(error) })
  }
})
