// npm run build: one stylesheet, one script, one sprite; for scan pages a script, its worker and the reader's wasm; and
// manifest.json, which names them by their hash.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, watch } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import esbuild from 'esbuild'
import { sprite } from './sprite.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const out = join(root, 'static/build')

function styles() {
  const cli = join(root, 'node_modules/@tailwindcss/cli/dist/index.mjs')
  return execFileSync(process.execPath, [cli, '-i', join(root, 'static/src/css/app.css'), '--minify'], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26,
  })
}

function script(entry, define = {}, format = 'iife') {
  const result = esbuild.buildSync({
    entryPoints: [join(root, 'static/src', entry)],
    define, bundle: true, minify: true, write: false, format, target: ['es2022', 'safari16'], legalComments: 'none',
  })
  return Buffer.from(result.outputFiles[0].contents)
}

function keep(manifest, name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10)
  const [stem, extension] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.'))]
  manifest[name] = `${stem}-${hash}${extension}`
  const packed = gzipSync(content, { level: 9 })
  writeFileSync(join(out, manifest[name]), content)
  writeFileSync(join(out, `${manifest[name]}.gz`), packed) // what goes over the wire: whitenoise serves these
  writeFileSync(join(out, `${manifest[name]}.br`), brotliCompressSync(content))
  console.log(`${manifest[name]}  ${(packed.length / 1000).toFixed(1)} kB gzip`)
}

export function build() {
  mkdirSync(out, { recursive: true })
  const manifest = {}
  const icons = sprite(root)
  keep(manifest, 'app.css', styles())
  keep(manifest, 'app.js', script('js/app.js'))
  keep(manifest, 'pack.js', script('js/pack/main.js', {}, 'esm'))
  keep(manifest, 'scan.js', script('js/scan.js'))
  keep(manifest, 'icons.svg', icons)
  const files = Object.values(manifest).map((name) => ({ url: `/static/build/${name}`, revision: null }))
  const release = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 10)
  // The reader: fetched where one scans, and kept from then on.
  keep(manifest, 'scan-worker.js', script('js/scan/worker.js'))
  keep(manifest, 'zxing_reader.wasm', readFileSync(join(root, 'node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')))
  keep(manifest, 'sw.js', script('sw/worker.js', { FILES: JSON.stringify([...files, { url: '/offline', revision: release }]) }))
  keep(manifest, 'standing-down.js', script('sw/standing-down.js'))
  writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest, null, 1) + '\n')
  const current = new Set([...Object.values(manifest), 'manifest.json'])
  for (const file of readdirSync(out)) if (!current.has(file.replace(/\.(gz|br)$/, ''))) rmSync(join(out, file), { recursive: true })
}

function rebuildOnChange() {
  let timer
  const later = (_, file) => {
    clearTimeout(timer)
    timer = setTimeout(() => { try { build() } catch (error) { console.error(String(error.stderr ?? error)) } }, 120)
  }
  for (const folder of ['static/src', 'templates']) watch(join(root, folder), { recursive: true }, later)
  console.log(`watching ${relative(process.cwd(), root) || '.'}/static/src and templates`)
}

build()
if (process.argv.includes('--watch')) rebuildOnChange()
