// node-postgres with its own pool, cursors and COPY streams.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import Cursor from 'pg-cursor'
import { expect, Lacking, sqlState, step } from './story.js'

const CONNECTIONS = 10

// Host, port, database, user and password come from the usual variables.
const config = {
  ssl: { ca: readFileSync(process.env.PGSSLROOTCERT) },
  enableChannelBinding: true,
  application_name: 'node-postgres',
  options: '-c search_path=node_postgres',
}
const pool = new pg.Pool({ ...config, max: CONNECTIONS, idleTimeoutMillis: 0 })
pool.on('error', console.error)

const plusOne = (client, number) =>
  client.query({ name: 'plus one', text: 'SELECT $1::int + 1 AS sum', values: [number] }).then((it) => it.rows[0].sum)
const ask = (client, sql) => client.query({ text: sql, rowMode: 'array' }).then((it) => it.rows[0][0])
const insert = (client, body) => client.query('INSERT INTO note (body) VALUES ($1)', [body])

async function inTransaction(work) {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (problem) {
    await client.query('ROLLBACK')
    throw problem
  } finally {
    client.release()
  }
}

// Taken from the pool for long, as a worker does.
let kept

await step('open', async () => {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.connect()))
  clients.forEach((client) => client.release())
  return `${pool.totalCount} connections`
})

// The pool does not check; people do it with one of these.
await step('idle', async () => {
  for (let i = 0; i < CONNECTIONS; i++) {
    await pool.query('SELECT 1')
    await pool.query('')
  }
  return 'SELECT 1, and the empty query'
})

await step('query', async () => {
  await pool.query('DROP SCHEMA IF EXISTS node_postgres CASCADE; CREATE SCHEMA node_postgres')
  await pool.query('CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)')
  return ask(pool, 'SELECT version()')
})

await step('prepared', async () => {
  for (let i = 0; i < 40; i++) expect(i + 1, await plusOne(pool, i))
  expect([1, 2, 3, 4, 5], await Promise.all([0, 1, 2, 3, 4].map((number) => plusOne(pool, number))))
  kept = await pool.connect()
  expect(8, await plusOne(kept, 7))
  return 'a named statement'
})

await step('transaction', async () => {
  expect('no', await inTransaction((client) => insert(client, 'rolled back').then(() => { throw new Error('no') }))
    .catch((problem) => problem.message))
  await inTransaction(async (client) => {
    await insert(client, 'committed')
    await client.query('SAVEPOINT here')
    await insert(client, 'rolled back, too')
    await client.query('ROLLBACK TO here')
  })
  expect('committed', await ask(pool, "SELECT string_agg(body, ',') FROM note"))
  return 'with a savepoint'
})

await step('pipeline', async () => {
  const client = new pg.Client({ ...config, pipeline: true })
  await client.connect()
  const outcomes = await Promise.allSettled(
    Array.from({ length: 500 }, (_, i) => insert(client, i === 250 ? 'committed' : `pipelined ${i}`)))
  await client.end()
  expect([250], outcomes.flatMap((it, i) => (it.status === 'rejected' ? [i] : [])))
  expect('23505', outcomes[250].reason.code)
  return '500 inserts, a duplicate among them'
})

await step('copy', async () => {
  const lines = 'a line of some length\n'.repeat(20_000)
  const client = await pool.connect()
  await client.query('CREATE TABLE copied (line text)')
  await pipeline(Readable.from([lines]), client.query(copyFrom('COPY copied FROM STDIN')))
  expect(lines, await text(client.query(copyTo('COPY copied TO STDOUT'))))
  client.release()
  return '20000 lines both ways'
})

await step('cursor', async () => {
  const client = await pool.connect()
  const cursor = client.query(new Cursor('SELECT * FROM generate_series(1, 20000) AS number'))
  let sum = 0
  for (let rows = await cursor.read(1_000); rows.length > 0; rows = await cursor.read(1_000)) {
    rows.forEach((row) => (sum += row.number))
  }
  await cursor.close()
  client.release()
  expect(200_010_000, sum)
  return '20000 rows, 1000 at a time'
})

await step('cancel', async () => {
  throw new Lacking('a cancel request goes out before TLS is up, and no server takes it')
})

await step('timeout', async () => {
  const client = await pool.connect()
  await client.query('SET statement_timeout = 100')
  expect('57014', await sqlState(client.query('SELECT pg_sleep(60)')))
  await client.query('RESET statement_timeout')
  const answer = await ask(client, "SELECT 'still usable'")
  client.release()
  return answer
})

await step('notify', async () => {
  const listener = await pool.connect()
  await listener.query('LISTEN news')
  const heard = once(listener, 'notification')
  await pool.query("NOTIFY news, 'hello'")
  const [{ payload }] = await heard
  await listener.query('UNLISTEN *')
  listener.release()
  expect('hello', payload)
  return payload
})

await step('settings', async () => {
  await kept.query("SET TIME ZONE 'Asia/Tokyo'")
  await kept.query('SET search_path TO node_postgres, pg_catalog')
  await kept.query("SET application_name = 'another name'")
  for (let i = 0; i < 5; i++) {
    expect('node_postgres', await ask(pool, 'SHOW search_path'))
    expect('node-postgres', await ask(pool, 'SHOW application_name'))
    expect('Asia/Tokyo', await ask(kept, 'SHOW TimeZone'))
    expect('another name', await ask(kept, "SELECT current_setting('application_name')"))
  }
  await kept.query("SET application_name = 'node-postgres'")
  return 'time zone, search path, application name'
})

await step('errors', async () => {
  const client = await pool.connect()
  expect('23505', await sqlState(insert(client, 'committed')))
  expect('42601', await sqlState(client.query('SELEKT 1')))
  await client.query('BEGIN')
  expect('22012', await sqlState(client.query('SELECT 1/0')))
  expect('25P02', await sqlState(client.query('SELECT 1')))
  await client.query('ROLLBACK')
  const answer = await ask(client, "SELECT 'still usable'")
  client.release()
  return answer
})

async function crowd() {
  const tasks = Array.from({ length: 50 }, (_, number) =>
    inTransaction(async (client) => {
      const sum = await plusOne(client, number)
      await client.query('UPDATE note SET body = body WHERE id = $1', [number])
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
  expect('node_postgres, pg_catalog', await ask(kept, 'SHOW search_path'))
  await kept.query('RESET ALL')
  kept.release()
  return ask(pool, "SELECT 'awake'")
})

await step('crowd wake', crowd)

await step('listen', async () => {
  kept = await pool.connect()
  kept.on('error', console.error)
  await kept.query('LISTEN news')
  return 'LISTEN'
})

await step('listener wake', async () => {
  const heard = once(kept, 'notification', { signal: AbortSignal.timeout(5_000) })
  await pool.query("NOTIFY news, 'good morning'")
  const [{ payload }] = await heard
  expect('good morning', payload)
  return payload
})

await step('close', async () => {
  kept.release(true)
  await pool.end()
  return 'closed'
})
process.exit(0)
