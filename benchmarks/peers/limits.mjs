// What a process may take until everything is loaded: docs/peers.md ("How to measure").
import { readFileSync } from 'node:fs'

const MOST_SECONDS = Number(process.env.MOST_SECONDS ?? 60)
const MOST_GIB = Number(process.env.MOST_GIB ?? 8)

/** Processor time of a process so far, in seconds; the kernel counts it in hundredths. 0 where there is no /proc. */
export function processor(pid) {
  const [user, system] = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ').slice(11, 13) ?? [0, 0]
  return (Number(user) + Number(system)) / 100
}

/** Memory of a process in MiB; 0 where there is no /proc. */
export const memory = pid => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) >> 10

/** Which limit a process is beyond, having had so much processor time before it began to load; empty if none. */
export function beyond(pid, before = 0) {
  if (processor(pid) - before > MOST_SECONDS) {
    return `takes more than ${MOST_SECONDS} s of processor time`
  }
  return memory(pid) > MOST_GIB << 10 ? `takes more than ${MOST_GIB} GiB of memory` : ''
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
