// Torch, zoom and focus, where the camera's track can.
import { track } from './camera.js'

function able() {
  return track()?.getCapabilities?.() ?? {}
}

function set(wish) {
  return track()?.applyConstraints({ advanced: [wish] }).catch(() => { /* it said it could; the picture stays as it is */ })
}

export function lens() {
  const { torch, zoom, focusMode = [] } = able()
  if (focusMode.includes('continuous')) set({ focusMode: 'continuous' })
  return { torch: Boolean(torch), zoom: (zoom?.max ?? 1) >= 2 * (zoom?.min ?? 1) }
}

export function light(on) {
  return set({ torch: on })
}

export function nearer(on) {
  const { min, max } = able().zoom
  return set({ zoom: on ? Math.min(max, 2 * Math.max(1, min)) : Math.max(1, min) })
}

// Focus on what was tapped, then follow again by itself. x and y from 0 to 1.
export async function focusOn(x, y) {
  const { focusMode = [], pointsOfInterest } = able()
  const mode = ['single-shot', 'manual'].find((one) => focusMode.includes(one))
  if (!mode) return
  await set({ focusMode: mode, ...(pointsOfInterest ? { pointsOfInterest: [{ x, y }] } : {}) })
  if (focusMode.includes('continuous')) setTimeout(set, 3000, { focusMode: 'continuous' })
}
