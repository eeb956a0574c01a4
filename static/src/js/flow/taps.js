// What the taps of a line do without a network, on the very fields that are booked in.
import { minus } from '../pack/decimals.js'
import { feedback } from '../scan/feedback.js'
import { say } from './words.js'

export const OTHERS = ['damaged', 'wrong']

function takeBack(receiving, line) {
  const { what, step } = receiving.last
  receiving.add(line, what, minus('0', step))
  receiving.last = null
  feedback('taken', say('undone'))
}

function short(line, button) {
  const name = line.good.replace(/good$/, 'short')
  const field = line.form.elements.namedItem(name)
  if (field) field.remove()
  else line.element.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value: 'y' }))
  if (field) button.removeAttribute('aria-pressed')
  else button.setAttribute('aria-pressed', 'true')
}

export function tapped(receiving, button) {
  const [what, key] = (button?.value ?? '').split(':')
  const line = receiving.lines().find((one) => one.line === (key || receiving.last?.line))
  if (!line) return
  if (OTHERS.includes(what)) receiving.add(line, what, '1')
  else if (what === 'short') short(line, button)
  else if (button.name === 'undo' && receiving.last) takeBack(receiving, line)
}
