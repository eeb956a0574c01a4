// The platform's own BarcodeDetector, only where it has read a real code: one that exists may not work. It says nothing of
// GS1, so it reads what has none: the retail codes.
const FORMATS = { ean_13: 'EAN13', ean_8: 'EAN8', upc_a: 'UPCA', upc_e: 'UPCE' }
const KEPT = 'scan.platform'
// 6901234567892 in EAN-13: guards, six digits by parity, middle, six digits.
const BARS = '101' + '0001011' + '0100111' + '0110011' + '0011011' + '0111101' + '0100011' + '01010'
  + '1001110' + '1010000' + '1000100' + '1001000' + '1110100' + '1101100' + '101'

function drawn() {
  const canvas = document.createElement('canvas')
  canvas.width = (BARS.length + 24) * 3
  canvas.height = 120
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#000'
  for (const [at, bar] of [...BARS].entries()) if (bar === '1') context.fillRect((at + 12) * 3, 10, 3, 100)
  return canvas
}

async function proven(detector) {
  const [found] = await detector.detect(drawn())
  return found?.rawValue === '6901234567892'
}

// What was found out before in this very browser; it asks anew after an update.
function before() {
  try { return localStorage.getItem(KEPT) } catch { return null }
}

function keep(works) {
  try { localStorage.setItem(KEPT, `${works ? 'yes' : 'no'} ${navigator.userAgent}`) } catch { /* it asks again */ }
}

// A function that reads a canvas, or null.
export async function platformReader() {
  const known = before()
  if (!('BarcodeDetector' in globalThis) || known === `no ${navigator.userAgent}`) return null
  let works = known === `yes ${navigator.userAgent}`
  try {
    const detector = new globalThis.BarcodeDetector({ formats: Object.keys(FORMATS) })
    works ||= await proven(detector)
    keep(works)
    return works ? async (canvas) => (await detector.detect(canvas)).map(said) : null
  } catch {
    keep(false)
    return null
  }
}

function said({ rawValue, format, boundingBox }) {
  return { text: rawValue, format: FORMATS[format], x: boundingBox.x + boundingBox.width / 2, y: boundingBox.y + boundingBox.height / 2 }
}
