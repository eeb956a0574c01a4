// One SVG with only the Lucide icons that are named: icon("name"), icon="name", "icon": "name" anywhere; in a template
// any literal that is an icon's name (macros take it by position), in Python any such literal with a hyphen.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const LITERAL = /(["'])([a-z0-9]+(?:-[a-z0-9]+)*)\1/g
const USE = /\bicon(?:s?\(|\s*=|["']\s*:|:)\s*["']([a-z0-9]+(?:-[a-z0-9]+)*)["']/g
// Chosen by tone or state inside a macro, so no literal use is found for them.
const ALWAYS = ['check', 'circle-check', 'circle-alert', 'triangle-alert', 'octagon-alert', 'octagon-x', 'clock',
  'info', 'cloud-check', 'cloud-off', 'file-text', 'loader-circle']

function filesUnder(folder, endings) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesUnder(path, endings)
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : []
  })
}

function named(root) {
  const uses = new Map(ALWAYS.map((name) => [name, 'static/src/build/sprite.mjs']))
  const files = [...filesUnder(join(root, 'templates'), ['.html']), ...filesUnder(join(root, 'webapp'), ['.py']),
    ...filesUnder(join(root, 'static/src/js'), ['.js'])]
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    for (const [, name] of text.matchAll(USE)) uses.set(name, relative(root, file))
    if (file.endsWith('.js')) continue
    for (const [, , name] of text.matchAll(LITERAL)) {
      if ((file.endsWith('.html') || name.includes('-')) && existsSync(source(root, name))) uses.set(name, relative(root, file))
    }
  }
  return uses
}

function source(root, name) {
  return join(root, 'node_modules/lucide-static/icons', `${name}.svg`)
}

function drawing(root, name) {
  const path = source(root, name)
  if (!existsSync(path)) return null
  const svg = readFileSync(path, 'utf8')
  return svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '')
}

export function sprite(root) {
  const symbols = [...named(root)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, file]) => {
    const shapes = drawing(root, name)
    if (shapes === null) {
      console.warn(`!! Lucide has no icon named "${name}" (${file})`)
      return ''
    }
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" `
      + `stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`
  })
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`)
}
