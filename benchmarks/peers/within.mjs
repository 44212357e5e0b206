// Runs call.mjs on a file in a process of its own, which is ended when loading takes more than limits.mjs says.
//
//   node within.mjs file.jsonl
import { fork } from 'node:child_process'
import { openSync, readSync } from 'node:fs'
import { beyond, processor } from './limits.mjs'
import { versionOf, writeNotLoaded } from './measure.mjs'

const HEAP_MIB = 4096
const LONGEST_HEAD = 1 << 16

const file = process.argv[2]
const start = Buffer.alloc(LONGEST_HEAD)
const head = JSON.parse(start.toString('utf8', 0, readSync(openSync(file), start)).split('\n', 1)[0])

const call = fork(new URL('call.mjs', import.meta.url), [file], {
  execArgv: [`--max-old-space-size=${HEAP_MIB}`],
  stdio: ['ignore', 'inherit', 'pipe', 'ipc']
})
let said = ''
call.stderr.on('data', part => {
  process.stderr.write(part)
  said = (said + part).slice(-5000)
})

let begun
let reason = ''
let loaded = false
call.on('message', what => {
  if (what === 'begins') {
    begun = processor(call.pid)
  } else {
    loaded = true
  }
})
const watch = setInterval(() => {
  reason ||= begun === undefined || loaded ? '' : beyond(call.pid, begun)
  if (reason) {
    call.kill('SIGKILL')
  }
}, 50)
call.on('close', (code, signal) => {
  clearInterval(watch)
  if (signal) {
    reason ||= /FATAL ERROR: (.*)/.exec(said)?.[1] ?? `ended by ${signal}`
    process.exitCode = writeNotLoaded(head, versionOf(head), reason) ? 0 : 1
  } else {
    process.exitCode = code
  }
})
