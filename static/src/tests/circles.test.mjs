// No module needs itself by way of others: each can be read, and changed, from the ground up.
import assert from 'node:assert/strict'
import test from 'node:test'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import esbuild from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const ENTRIES = ['js/app.js', 'js/pack/main.js', 'js/scan.js', 'js/scan/worker.js', 'sw/worker.js', 'sw/standing-down.js']

function circles(imports) {
  const found = [], done = new Set()
  const walk = (module, path) => {
    if (path.includes(module)) return void found.push([...path.slice(path.indexOf(module)), module].join(' → '))
    if (done.has(module)) return
    for (const next of imports.get(module) ?? []) walk(next, [...path, module])
    done.add(module)
  }
  for (const module of imports.keys()) walk(module, [])
  return found
}

test('no circle of imports', async () => {
  const { metafile } = await esbuild.build({ absWorkingDir: root, entryPoints: ENTRIES, bundle: true, write: false, metafile: true, format: 'esm', outdir: 'out', logLevel: 'error' })
  const own = Object.entries(metafile.inputs).filter(([name]) => /^(js|sw)\//.test(name))
  assert.ok(own.length > 100, 'the modules are ours')
  assert.deepEqual(circles(new Map(own.map(([name, { imports }]) => [name, imports.map(({ path }) => path)]))), [])
})
