// A list that is scanned off without a network: what is to be picked, or what is to come. With a network the server does it.
import { Picking } from './pick.js'
import { answer } from './problem.js'
import { Receiving } from './receive.js'

const KINDS = [['[data-flow-pick]', Picking], ['[data-flow-receive]', Receiving]]

export function attachList() {
  let list = null
  let turn = Promise.resolve()
  const found = () => {
    const [root, Kind] = KINDS.map(([selector, kind]) => [document.querySelector(selector), kind]).find(([one]) => one) ?? []
    if (!root || navigator.onLine) return (list = null)
    if (list?.root !== root) list = new Kind(root)
    return list
  }
  const then = (work) => { turn = turn.then(work).catch((error) => { setTimeout(() => { throw error }) }) }
  document.addEventListener('scan:code', (event) => {
    const here = found()
    if (!here || event.defaultPrevented) return
    event.preventDefault()
    then(() => here.scan(event.detail))
  })
  document.addEventListener('click', (event) => {
    const button = event.target.closest('main.sheet [data-flow-do]')
    if (!button || !document.querySelector('[data-flow-pick], [data-flow-receive]')) return
    then(() => (found()?.press ? found().press(button.dataset.flowDo, Number(button.dataset.index)) : answer(button.dataset.flowDo)))
  })
  document.addEventListener('submit', (event) => found()?.submit?.(event), true)
  const begin = () => { const here = found(); if (here) then(() => here.start()) }
  addEventListener('offline', begin)
  begin()
}
