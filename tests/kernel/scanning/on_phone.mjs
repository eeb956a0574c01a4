// Reads JSON [[text, fnc1], …] from standard input and answers what the phone's parser says of each.
import { readFileSync } from 'node:fs'
import { readGs1 } from '../../../static/src/js/scan/gs1.js'

const given = JSON.parse(readFileSync(0, 'utf8'))
process.stdout.write(JSON.stringify(given.map(([text, fnc1]) => readGs1(text, { fnc1 }))))
