// Calls a function of a module with the arguments of each line of a file, checks its answers and times it. Which module, which
// function and what its answers mean stand in the file: this program is written for none in particular.
//
//   node call.mjs file.jsonl
//
// within.mjs, which starts it, is told when loading begins and ends.
import { readFileSync } from 'node:fs'
import { measure, versionOf, writeNotLoaded } from './measure.mjs'

const [head, ...lines] = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n').map(line => JSON.parse(line))
const version = versionOf(head)
const loaded = await import(new URL(import.meta.resolve(head.module)))
const module = loaded.default?.[head.function] ? loaded.default : loaded

const cannot = lines.find(line => line.cannot)?.cannot
if (cannot) {
  process.exit(writeNotLoaded(head, version, cannot) ? 0 : 1)
}

const shared = lines.find(line => line.shared)?.shared
const requests = lines.filter(line => line.expected)
for (const request of requests) {
  for (const argument of request.with) {
    for (const [key, value] of Object.entries(argument)) {
      if (value?.$shared !== undefined) {
        argument[key] = shared[value.$shared]
      }
    }
  }
}

const tell = what => new Promise(resolve => (process.send ? process.send(what, resolve) : resolve()))

await tell('begins')
const started = process.cpuUsage()
try {
  for (const line of lines.filter(line => line.before)) {
    const answer = module[line.before](...line.with)
    if (answer?.type === 'failure') {
      throw new Error(JSON.stringify(answer).slice(0, 500))
    }
  }
} catch (e) {
  process.exit(writeNotLoaded(head, version, String(e)) ? 0 : 1)
}
const { user, system } = process.cpuUsage(started)
await tell('loaded')

const called = module[head.function]
const found = (answer, path) => path.split('.').reduce((of, step) => (step === '' ? of : of?.[step]), answer)
let right
try {
  right = await measure({
    head,
    version,
    requests,
    ask: request => called(...request.with),
    decision: answer => head.answers.find(([, path, value]) => found(answer, path) === value)?.[0] ?? JSON.stringify(answer),
    note: `loaded in ${((user + system) / 1e6).toFixed(3)} s of processor time, process then of ${process.memoryUsage().rss >> 20} MiB`
  })
} catch (e) {
  right = writeNotLoaded(head, version, `deciding: ${e}`)
}
process.exit(right ? 0 : 1)
