// A toast stays six seconds, longer while it is touched or focused.
import { announce, whenShown, within } from './shown.js'

const STAYS = 6000

// Words the page brought along (`<template data-say="name">`), now, or on the page that follows.
export function say(name, { later = false } = {}) {
  if (later) {
    try { return sessionStorage.setItem('say', name) } catch { return undefined }
  }
  const words = document.querySelector(`template[data-say="${name}"]`)
  const toasts = document.getElementById('toasts')
  if (!words || !toasts) return undefined
  toasts.append(words.content.cloneNode(true))
  return announce(toasts)
}

function sayLater() {
  try {
    const name = sessionStorage.getItem('say')
    if (name) { sessionStorage.removeItem('say'); say(name) }
  } catch { /* no store */ }
}

export function attachToasts() {
  whenShown((root) => within(root, '[data-toast]:not([data-timed])').forEach((toast) => {
    toast.dataset.timed = ''
    let timer
    const start = () => { timer = setTimeout(() => toast.remove(), STAYS) }
    for (const name of ['pointerenter', 'focusin']) toast.addEventListener(name, () => clearTimeout(timer))
    for (const name of ['pointerleave', 'focusout']) toast.addEventListener(name, () => { clearTimeout(timer); start() })
    start()
  }))
  sayLater()
}
