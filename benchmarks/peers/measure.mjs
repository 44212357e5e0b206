// Asks, checks and times, and writes what docs/peers.md ("Results") describes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const WINDOW_NS = 50_000_000n

const settings = {
  checkSeconds: Number(process.env.CHECK_SECONDS ?? 20),
  warmUpSeconds: Number(process.env.WARM_UP_SECONDS ?? 3),
  seconds: Number(process.env.SECONDS_MEASURED ?? 5)
}

const now = () => process.hrtime.bigint()
const after = seconds => now() + BigInt(Math.round(seconds * 1e9))

/** The n-th of sorted numbers at a share. */
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]

/**
 * One caller, one request after the other. `ask(request)` gives the raw answer, `decision(answer, request)` what it means.
 */
export async function measure({ head, version, requests, ask, decision, twoValued = false, note = '' }) {
  let checked = 0
  let mismatches = 0
  for (const end = after(settings.checkSeconds); checked < requests.length && now() < end; checked++) {
    const request = requests[checked]
    const made = decision(await ask(request), request)
    const same = twoValued ? (made === 'ALLOW') === (request.expected === 'ALLOW') : made === request.expected
    if (!same && mismatches++ < 3) {
      console.error(`${head.peer}: ${made} instead of ${request.expected}: ${JSON.stringify(request).slice(0, 600)}`)
    }
  }
  let next = 0
  const turn = () => requests[next++ % requests.length]
  for (const end = after(settings.warmUpSeconds); now() < end; ) {
    await ask(turn())
  }
  const each = []
  let least = Infinity
  for (const end = after(settings.seconds); now() < end; ) {
    const start = now()
    let count = 0
    let stop
    do {
      const before = stop ?? start
      await ask(turn())
      stop = now()
      each.push(Number(stop - before))
      count++
    } while (stop - start < WINDOW_NS)
    least = Math.min(least, Number(stop - start) / count)
  }
  each.sort((a, b) => a - b)
  const result = {
    peer: head.peer,
    version,
    view: head.view,
    policies: head.policies,
    nsMedian: at(each, 0.5),
    nsP99: at(each, 0.99),
    nsLeast: Math.round(least),
    requests: checked,
    mismatches,
    note: [`${requests.length} of ${head.of} requests can be said in its language`, note].filter(Boolean).join('; ')
  }
  write(result)
  return mismatches === 0 && checked > 0
}

/** The version of the package that a file's module is of. */
export function versionOf(head) {
  const name = head.module.split('/').slice(0, head.module.startsWith('@') ? 2 : 1).join('/')
  return JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')).version
}

/** Writes one result, in place of what an earlier run wrote. */
export function write(result) {
  const folder = process.env.RESULTS ?? '.'
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${result.peer}-${result.view}-${result.policies}.json`), JSON.stringify([result]) + '\n')
  console.log(JSON.stringify(result))
}

/** What is written of a peer that can't be had at a size; whether that is all right. */
export function writeNotLoaded(head, version, reason) {
  const nothing = { nsMedian: null, nsP99: null, nsLeast: null, requests: 0, mismatches: 0 }
  write({ peer: head.peer, version, view: head.view, policies: head.policies, ...nothing, note: `not loaded: ${reason}` })
  return !process.env.MUST_LOAD
}
