// Starts a Cerbos server on loopback with the policies of a folder, asks it by HTTP, and ends it.
//
//   node cerbos.mjs file.jsonl folder
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, request as http } from 'node:http'
import { createServer } from 'node:net'
import { beyond, memory, processor } from './limits.mjs'
import { measure, writeNotLoaded } from './measure.mjs'

const [head, ...requests] = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n').map(line => JSON.parse(line))
const folder = process.argv[3]
const home = new URL('node_modules/@cerbos/cerbos-linux-x64/', import.meta.url)
const version = JSON.parse(readFileSync(new URL('package.json', home), 'utf8')).version

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

const port = await freePort()
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

const call = (method, path, body) =>
  new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}
    const sent = http({ host: '127.0.0.1', port, method, path, agent, headers }, answer => {
      const parts = []
      answer.on('data', part => parts.push(part))
      answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString() }))
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })

const options = [
  'storage.driver=disk',
  `storage.disk.directory=${folder}`,
  'storage.disk.watchForChanges=false',
  `server.httpListenAddr=127.0.0.1:${port}`,
  `server.grpcListenAddr=127.0.0.1:${await freePort()}`,
  'telemetry.disabled=true',
  'audit.enabled=false'
]
const server = spawn(new URL('cerbos-linux-x64', home).pathname, ['server', '--log-level=error', ...options.map(o => `--set=${o}`)], {
  stdio: ['ignore', 'ignore', 'pipe']
})
let said = ''
server.stderr.on('data', part => {
  said = (said + part).slice(-500)
})
let ended = false
const over = new Promise(resolve =>
  server.on('exit', () => {
    ended = true
    resolve()
  })
)

let reason = ''

const ready = async () => {
  while (!ended && !reason) {
    const health = await call('GET', '/_cerbos/health').catch(() => ({ status: 0 }))
    if (health.status === 200) {
      return true
    }
    reason = beyond(server.pid)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  return false
}

let right = true
try {
  if (await ready()) {
    for (const request of requests) {
      request.body = JSON.stringify(request.body)
    }
    right = await measure({
      head,
      version,
      requests,
      twoValued: true,
      ask: request => call('POST', '/api/check/resources', request.body),
      decision: (answer, request) => {
        const effect = answer.status === 200 && JSON.parse(answer.text).results[0].actions[request.action]
        return effect === 'EFFECT_ALLOW' ? 'ALLOW' : effect === 'EFFECT_DENY' ? 'IMPLICIT_DENY' : answer.text
      },
      note: `by HTTP on loopback, JSON included; loaded in ${processor(server.pid).toFixed(2)} s of processor time, server then of ${memory(server.pid)} MiB`
    })
  } else {
    right = writeNotLoaded(head, version, reason || said)
  }
} finally {
  agent.destroy()
  server.kill(reason ? 'SIGKILL' : 'SIGTERM')
  await over
}
process.exit(right ? 0 : 1)
