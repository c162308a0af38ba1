// Says a line of JSON after each step, and goes on when it is told a line.
import { createInterface } from 'node:readline'
import { isDeepStrictEqual } from 'node:util'

const LIMIT_MS = 10_000

const told = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
let isBegun = false

/** The driver has no such thing. */
export class Lacking extends Error {}

/** `work` returns what there is to say about it. */
export async function step(name, work) {
  if (isBegun && (await told.next()).done) process.exit(0)
  isBegun = true
  const limit = setTimeout(() => giveUp(name), LIMIT_MS)
  try {
    say(name, true, await work())
  } catch (problem) {
    console.error(problem)
    say(name, problem instanceof Lacking ? null : false, `${problem.code ?? ''} ${problem.message}`)
  } finally {
    clearTimeout(limit)
  }
}

export function expect(expected, actual) {
  if (!isDeepStrictEqual(expected, actual)) {
    throw new Error(`expected ${JSON.stringify(expected)} but got ${JSON.stringify(actual)}`)
  }
}

/** The SQLSTATE with which the work failed. */
export async function sqlState(work) {
  try {
    await work
    return 'no error'
  } catch (problem) {
    return problem.code ?? problem.cause?.code ?? problem.message
  }
}

function say(name, ok, detail) {
  console.log(JSON.stringify({ name, ok, detail: String(detail) }))
}

// What it began may go on, and would spoil the steps that come.
function giveUp(name) {
  say(name, false, 'took too long')
  process.exit(1)
}
