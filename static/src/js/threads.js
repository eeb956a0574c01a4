// What is wider than the phone goes on sideways: a long thread with where it stands now in view, a table reachable by keys.
import { whenShown, within } from './shown.js'

export function attachThreads() {
  whenShown((root) => {
    for (const thread of within(root, '[data-lying]')) {
      const now = thread.querySelector('[aria-current]') ?? thread.querySelector('.next') ?? thread.lastElementChild
      thread.scrollLeft = now.offsetLeft + now.offsetWidth - thread.clientWidth + Math.min(96, thread.clientWidth / 4)
    }
    for (const box of within(root, '.table-box')) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
  })
}
