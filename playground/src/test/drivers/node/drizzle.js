// Drizzle over node-postgres and its pool.
import { readFileSync } from 'node:fs'
import { drizzle } from 'drizzle-orm/node-postgres'
import { count, eq, sql } from 'drizzle-orm'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { expect, Lacking, sqlState, step } from './story.js'

const CONNECTIONS = 10

const note = pgTable('note', { id: serial().primaryKey(), body: text().unique() })

const pool = new pg.Pool({
  ssl: { ca: readFileSync(process.env.PGSSLROOTCERT) },
  enableChannelBinding: true,
  application_name: 'drizzle',
  options: '-c search_path=drizzle',
  max: CONNECTIONS,
  idleTimeoutMillis: 0,
})
const db = drizzle(pool)

const ask = (client, query) => client.execute(query).then((it) => Object.values(it.rows[0])[0])
const byId = (client) => client.select().from(note).where(eq(note.id, sql.placeholder('id'))).prepare('note by id')
const lacking = (what) => async () => { throw new Lacking(what) }

// Taken from the pool for long, as a worker does.
let kept
let keptDb

await step('open', async () => {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.connect()))
  clients.forEach((client) => client.release())
  return `${pool.totalCount} connections`
})

await step('idle', async () => {
  for (let i = 0; i < CONNECTIONS; i++) await db.execute('SELECT 1')
  return 'SELECT 1'
})

await step('query', async () => {
  await db.execute('DROP SCHEMA IF EXISTS drizzle CASCADE; CREATE SCHEMA drizzle')
  await db.execute('CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)')
  return ask(db, 'SELECT version()')
})

await step('prepared', async () => {
  await db.insert(note).values({ body: 'first' })
  for (let i = 0; i < 40; i++) expect([{ id: 1, body: 'first' }], await byId(db).execute({ id: 1 }))
  kept = await pool.connect()
  keptDb = drizzle(kept)
  expect([], await byId(keptDb).execute({ id: 2 }))
  return '41 runs of one statement'
})

await step('transaction', async () => {
  await db.transaction(async (client) => {
    await client.insert(note).values({ body: 'rolled back' })
    client.rollback()
  }).catch(() => {})
  await db.transaction(async (client) => {
    await client.insert(note).values({ body: 'committed' })
    await client.transaction(async (within) => {
      await within.insert(note).values({ body: 'rolled back, too' })
      within.rollback()
    }).catch(() => {})
  })
  expect('first,committed', await ask(db, "SELECT string_agg(body, ',' ORDER BY id) FROM note"))
  return 'with a savepoint'
})

await step('pipeline', async () => {
  await db.insert(note).values(Array.from({ length: 500 }, (_, i) => ({ body: `row ${i}` })))
  expect('23505', await sqlState(db.insert(note).values([{ body: 'one more' }, { body: 'row 7' }])))
  expect([{ count: 502 }], await db.select({ count: count() }).from(note))
  return '500 rows in one statement, then a duplicate'
})

await step('copy', lacking('see node-postgres'))
await step('cursor', lacking('see node-postgres'))
await step('cancel', lacking('see node-postgres'))

await step('timeout', async () => {
  await keptDb.execute('SET statement_timeout = 100')
  expect('57014', await sqlState(keptDb.execute('SELECT pg_sleep(60)')))
  await keptDb.execute('RESET statement_timeout')
  return ask(keptDb, "SELECT 'still usable'")
})

await step('notify', lacking('see node-postgres'))

await step('settings', async () => {
  await keptDb.execute("SET TIME ZONE 'Asia/Tokyo'")
  await keptDb.execute('SET search_path TO drizzle, pg_catalog')
  await keptDb.execute("SET application_name = 'another name'")
  for (let i = 0; i < 5; i++) {
    expect('drizzle', await ask(db, 'SHOW search_path'))
    expect('drizzle', await ask(db, 'SHOW application_name'))
    expect('Asia/Tokyo', await ask(keptDb, 'SHOW TimeZone'))
    expect('another name', await ask(keptDb, "SELECT current_setting('application_name')"))
  }
  await keptDb.execute("SET application_name = 'drizzle'")
  return 'time zone, search path, application name'
})

await step('errors', async () => {
  expect('23505', await sqlState(keptDb.insert(note).values({ body: 'committed' })))
  expect('42601', await sqlState(keptDb.execute('SELEKT 1')))
  expect('22012', await sqlState(keptDb.transaction((client) => client.execute('SELECT 1/0'))))
  return ask(keptDb, "SELECT 'still usable'")
})

async function crowd() {
  const tasks = Array.from({ length: 50 }, (_, number) =>
    db.transaction(async (client) => {
      const found = await byId(client).execute({ id: 1 })
      await client.update(note).set({ body: sql`body` }).where(eq(note.id, number))
      return found.length
    }))
  const found = await Promise.all(tasks)
  expect(50, found.reduce((sum, one) => sum + one))
  return '50 transactions'
}

await step('crowd', crowd)

await step('wake', async () => {
  expect([{ id: 1, body: 'first' }], await byId(keptDb).execute({ id: 1 }))
  expect('Asia/Tokyo', await ask(keptDb, 'SHOW TimeZone'))
  expect('drizzle, pg_catalog', await ask(keptDb, 'SHOW search_path'))
  await keptDb.execute('RESET ALL')
  kept.release()
  return ask(db, "SELECT 'awake'")
})

await step('crowd wake', crowd)
await step('listen', lacking('see node-postgres'))

await step('listener wake', async () => {
  await db.$count(note)
  throw new Lacking('see node-postgres')
})

await step('close', async () => {
  await pool.end()
  return 'closed'
})
process.exit(0)
