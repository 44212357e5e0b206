// Calls a function of a module with the arguments of each line of a file, checks its answers and times it. Which module, which
// function and what its answers mean stand in the file: this program is written for none in particular.
//
//   node call.mjs file.jsonl
import { readFileSync } from 'node:fs'
import { measure, writeNotLoaded } from './measure.mjs'

const [head, ...lines] = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n').map(line => JSON.parse(line))
const name = head.module.split('/').slice(0, head.module.startsWith('@') ? 2 : 1).join('/')
const version = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')).version
const loaded = await import(new URL(import.meta.resolve(head.module)))
const module = loaded.default?.[head.function] ? loaded.default : loaded

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

const started = process.hrtime.bigint()
try {
  for (const line of lines.filter(line => line.before)) {
    const answer = module[line.before](...line.with)
    if (answer?.type === 'failure') {
      throw new Error(JSON.stringify(answer).slice(0, 500))
    }
  }
} catch (e) {
  writeNotLoaded(head, version, String(e))
  process.exit(0)
}
const seconds = Number(process.hrtime.bigint() - started) / 1e9

const called = module[head.function]
const found = (answer, path) => path.split('.').reduce((of, step) => (step === '' ? of : of?.[step]), answer)
const right = await measure({
  head,
  version,
  requests,
  ask: request => called(...request.with),
  decision: answer => head.answers.find(([, path, value]) => found(answer, path) === value)?.[0] ?? JSON.stringify(answer),
  note: `loaded in ${seconds.toFixed(3)} s, process then of ${process.memoryUsage().rss >> 20} MiB`
})
process.exit(right ? 0 : 1)
