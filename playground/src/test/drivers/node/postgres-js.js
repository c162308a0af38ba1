// postgres.js, which is a pool by itself.
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import postgres from 'postgres'
import { expect, sqlState, step } from './story.js'

const CONNECTIONS = 10

// Host, port, database, user and password come from the usual variables.
const sql = postgres({
  ssl: { ca: readFileSync(process.env.PGSSLROOTCERT) },
  connection: { application_name: 'postgres-js', search_path: 'postgres_js' },
  max: CONNECTIONS,
  // Asked for at every login, it would wake the database; without it, arrays of own types stay text.
  fetch_types: false,
  onnotice: () => {},
})

const plusOne = (client, number) => client`SELECT ${number}::int + 1 AS sum`.then((rows) => rows[0].sum)
const ask = (client, query) => client.unsafe(query).values().then((rows) => rows[0][0])
const insert = (client, body) => client`INSERT INTO note (body) VALUES (${body})`

// Taken from the pool for long, as a worker does.
let kept

// It connects when there is something to do, and has no way to connect before.
await step('open', async () => 'when they are needed')

await step('idle', async () => {
  await Promise.all(Array.from({ length: CONNECTIONS }, () => sql`SELECT 1`))
  return 'SELECT 1'
})

await step('query', async () => {
  await sql.unsafe('DROP SCHEMA IF EXISTS postgres_js CASCADE; CREATE SCHEMA postgres_js')
  await sql`CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)`
  return ask(sql, 'SELECT version()')
})

// Every statement is a prepared one.
await step('prepared', async () => {
  for (let i = 0; i < 40; i++) expect(i + 1, await plusOne(sql, i))
  kept = await sql.reserve()
  expect(8, await plusOne(kept, 7))
  return '41 runs of one statement'
})

await step('transaction', async () => {
  await sql.begin(async (client) => {
    await insert(client, 'rolled back')
    throw new Error('no')
  }).catch((problem) => expect('no', problem.message))
  await sql.begin(async (client) => {
    await insert(client, 'committed')
    await client.savepoint(async (within) => {
      await insert(within, 'rolled back, too')
      throw new Error('no')
    }).catch((problem) => expect('no', problem.message))
  })
  expect('committed', await ask(sql, "SELECT string_agg(body, ',') FROM note"))
  return 'with a savepoint'
})

// Statements go out ahead of the answers to those before.
await step('pipeline', async () => {
  const client = await sql.reserve()
  const outcomes = await Promise.allSettled(
    Array.from({ length: 500 }, (_, i) => insert(client, i === 250 ? 'committed' : `pipelined ${i}`)))
  client.release()
  expect([250], outcomes.flatMap((it, i) => (it.status === 'rejected' ? [i] : [])))
  expect('23505', outcomes[250].reason.code)
  return '500 inserts, a duplicate among them'
})

await step('copy', async () => {
  const lines = 'a line of some length\n'.repeat(20_000)
  await sql`CREATE TABLE copied (line text)`
  await pipeline(Readable.from([lines]), await sql`COPY copied FROM STDIN`.writable())
  expect(lines, await text(await sql`COPY copied TO STDOUT`.readable()))
  return '20000 lines both ways'
})

await step('cursor', async () => {
  let sum = 0
  for await (const rows of sql`SELECT * FROM generate_series(1, 20000) AS number`.cursor(1_000)) {
    rows.forEach((row) => (sum += row.number))
  }
  expect(200_010_000, sum)
  return '20000 rows, 1000 at a time'
})

await step('cancel', async () => {
  const running = sql`SELECT pg_sleep(60)`
  const state = sqlState(running)
  await setTimeout(200)
  running.cancel()
  expect('57014', await state)
  return ask(sql, "SELECT 'still usable'")
})

await step('timeout', async () => {
  const client = await sql.reserve()
  await client`SET statement_timeout = 100`
  expect('57014', await sqlState(client`SELECT pg_sleep(60)`))
  await client`RESET statement_timeout`
  const answer = await ask(client, "SELECT 'still usable'")
  client.release()
  return answer
})

// Listens on a connection of its own.
const listener = {}
const heard = () => new Promise((resolve, reject) => {
  listener.hear = resolve
  AbortSignal.timeout(5_000).onabort = () => reject(new Error('heard nothing'))
})

await step('notify', async () => {
  const { unlisten } = await sql.listen('news', (payload) => listener.hear(payload))
  const payload = heard()
  await sql.notify('news', 'hello')
  expect('hello', await payload)
  await unlisten()
  return 'hello'
})

await step('settings', async () => {
  await kept`SET TIME ZONE 'Asia/Tokyo'`
  await kept`SET search_path TO postgres_js, pg_catalog`
  await kept`SET application_name = 'another name'`
  for (let i = 0; i < 5; i++) {
    expect('postgres_js', await ask(sql, 'SHOW search_path'))
    expect('postgres-js', await ask(sql, 'SHOW application_name'))
    expect('Asia/Tokyo', await ask(kept, 'SHOW TimeZone'))
    expect('another name', await ask(kept, "SELECT current_setting('application_name')"))
  }
  await kept`SET application_name = 'postgres-js'`
  return 'time zone, search path, application name'
})

await step('errors', async () => {
  const client = await sql.reserve()
  expect('23505', await sqlState(insert(client, 'committed')))
  expect('42601', await sqlState(client`SELEKT 1`))
  await client`BEGIN`
  expect('22012', await sqlState(client`SELECT 1/0`))
  expect('25P02', await sqlState(client`SELECT 1`))
  await client`ROLLBACK`
  const answer = await ask(client, "SELECT 'still usable'")
  client.release()
  return answer
})

async function crowd() {
  const tasks = Array.from({ length: 50 }, (_, number) =>
    sql.begin(async (client) => {
      const sum = await plusOne(client, number)
      await client`UPDATE note SET body = body WHERE id = ${number}`
      return sum
    }))
  const sums = await Promise.all(tasks)
  expect(1_275, sums.reduce((sum, one) => sum + one))
  return '50 transactions'
}

await step('crowd', crowd)

await step('wake', async () => {
  expect(42, await plusOne(kept, 41))
  expect('Asia/Tokyo', await ask(kept, 'SHOW TimeZone'))
  expect('postgres_js, pg_catalog', await ask(kept, 'SHOW search_path'))
  await kept`RESET ALL`
  kept.release()
  return ask(sql, "SELECT 'awake'")
})

await step('crowd wake', crowd)

await step('listen', async () => {
  await sql.listen('news', (payload) => listener.hear(payload))
  return 'LISTEN'
})

await step('listener wake', async () => {
  const payload = heard()
  await sql.notify('news', 'good morning')
  expect('good morning', await payload)
  return 'good morning'
})

await step('close', async () => {
  await sql.end({ timeout: 1 })
  return 'closed'
})
process.exit(0)
