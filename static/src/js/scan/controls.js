// The buttons over the picture: torch, typing, nearer, off; a tap on the picture focuses there.
import { focusOn, lens, light, nearer } from './lens.js'
import { scanField } from './arrive.js'

function pressed(button, work) {
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true'
    button.setAttribute('aria-pressed', String(on))
    work(on)
  })
}

export function controls({ top, find, video }, { on, off }) {
  const typing = (yes) => {
    top.classList.toggle('typing', yes)
    find('type').setAttribute('aria-expanded', String(yes))
    if (yes) scanField()?.focus()
  }
  find('on').addEventListener('click', on)
  find('off').addEventListener('click', off)
  find('type').addEventListener('click', () => typing(!top.classList.contains('typing')))
  pressed(find('torch'), light)
  pressed(find('zoom'), nearer)
  video.addEventListener('click', (event) => {
    const view = video.getBoundingClientRect()
    focusOn((event.clientX - view.left) / view.width, (event.clientY - view.top) / view.height)
  })
  document.addEventListener('scan:sheet', () => typing(false))
  return {
    show() {
      const able = lens()
      for (const name of ['torch', 'zoom']) {
        find(name).hidden = !able[name]
        find(name).setAttribute('aria-pressed', 'false')
      }
    },
  }
}
