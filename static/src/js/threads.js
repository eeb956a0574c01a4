// A long thread lies wider than a phone: where it stands now is in view.
import { whenShown, within } from './shown.js'

export function attachThreads() {
  whenShown((root) => within(root, '[data-lying]').forEach((thread) => {
    const now = thread.querySelector('[aria-current]') ?? thread.querySelector('.next') ?? thread.lastElementChild
    thread.scrollLeft = now.offsetLeft + now.offsetWidth - thread.clientWidth + Math.min(96, thread.clientWidth / 4)
  }))
}
