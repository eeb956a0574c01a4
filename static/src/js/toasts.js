// A toast stays six seconds, longer while it is touched or focused.
import { whenShown, within } from './shown.js'

const STAYS = 6000

export function attachToasts() {
  whenShown((root) => within(root, '[data-toast]:not([data-timed])').forEach((toast) => {
    toast.dataset.timed = ''
    let timer
    const start = () => { timer = setTimeout(() => toast.remove(), STAYS) }
    for (const name of ['pointerenter', 'focusin']) toast.addEventListener(name, () => clearTimeout(timer))
    for (const name of ['pointerleave', 'focusout']) toast.addEventListener(name, () => { clearTimeout(timer); start() })
    start()
  }))
}
