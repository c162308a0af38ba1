"""asyncpg with its pool. Host, port, database, user, password, sslmode and the root certificate come from libpq's variables."""

import asyncio
import io

import asyncpg
from story import expect, sql_state, step

CONNECTIONS = 10
PLUS_ONE = "SELECT $1::int + 1"
INSERT = "INSERT INTO note (body) VALUES ($1)"

pool = None
# Taken from the pool for long, as a worker does.
kept = None
heard = asyncio.Queue()


async def open():
    global pool
    pool = await asyncpg.create_pool(
        min_size=CONNECTIONS,
        max_size=CONNECTIONS,
        server_settings={"application_name": "asyncpg", "search_path": "asyncpg"},
    )
    return f"{pool.get_size()} connections"


async def idle():
    """The pool does not check; people do it with this."""
    for _ in range(CONNECTIONS):
        await pool.execute("SELECT 1")
    return "SELECT 1"


async def query():
    await pool.execute("DROP SCHEMA IF EXISTS asyncpg CASCADE; CREATE SCHEMA asyncpg")
    await pool.execute("CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)")
    return await pool.fetchval("SELECT version()")


async def prepared():
    """Each connection prepares a statement on the server when it sees it first."""
    global kept
    for number in range(40):
        expect(number + 1, await pool.fetchval(PLUS_ONE, number))
    kept = await pool.acquire()
    expect(8, await kept.fetchval(PLUS_ONE, 7))
    return "41 runs of one statement"


async def transaction():
    async with pool.acquire() as connection:
        rolled_back = connection.transaction()
        await rolled_back.start()
        await connection.execute(INSERT, "rolled back")
        await rolled_back.rollback()
        async with connection.transaction():
            await connection.execute(INSERT, "committed")
            within = connection.transaction()
            await within.start()
            await connection.execute(INSERT, "rolled back, too")
            await within.rollback()
    expect("committed", await pool.fetchval("SELECT string_agg(body, ',') FROM note"))
    return "with a savepoint"


async def pipeline():
    await pool.executemany(INSERT, [(f"pipelined {number}",) for number in range(500)])
    expect("23505", await sql_state(pool.executemany(INSERT, [("one more",), ("committed",), ("another",)])))
    expect(501, await pool.fetchval("SELECT count(*) FROM note"))
    return "500 inserts, then a duplicate"


async def copy():
    lines = b"a line of some length\n" * 20_000
    await pool.execute("CREATE TABLE copied (line text)")
    await pool.copy_to_table("copied", source=io.BytesIO(lines))
    back = io.BytesIO()
    await pool.copy_from_table("copied", output=back)
    expect(lines, back.getvalue())
    return "20000 lines both ways"


async def cursor():
    async with pool.acquire() as connection, connection.transaction():
        rows = connection.cursor("SELECT * FROM generate_series(1, 20000)", prefetch=1_000)
        expect(200_010_000, sum([row[0] async for row in rows]))
    return "20000 rows, 1000 at a time"


async def cancel():
    """A task that is cancelled cancels its statement."""
    async with pool.acquire() as connection:
        running = asyncio.create_task(connection.execute("SELECT pg_sleep(60)"))
        await asyncio.sleep(0.2)
        running.cancel()
        await asyncio.wait([running])
        expect(True, running.cancelled())
        return await connection.fetchval("SELECT 'still usable'")


async def timeout():
    """The driver's own, which cancels, and the server's."""
    async with pool.acquire() as connection:
        try:
            await connection.execute("SELECT pg_sleep(60)", timeout=0.2)
        except TimeoutError:
            pass
        await connection.execute("SET statement_timeout = 100")
        expect("57014", await sql_state(connection.execute("SELECT pg_sleep(60)")))
        await connection.execute("RESET statement_timeout")
        return await connection.fetchval("SELECT 'still usable'")


def hear(connection, process, channel, payload):
    heard.put_nowait(payload)


async def notify():
    async with pool.acquire() as listener:
        await listener.add_listener("news", hear)
        await pool.execute("SELECT pg_notify('news', 'hello')")
        expect("hello", await asyncio.wait_for(heard.get(), 5))
        await listener.remove_listener("news", hear)
    return "hello"


async def settings():
    await kept.execute("SET TIME ZONE 'Asia/Tokyo'")
    await kept.execute("SET search_path TO asyncpg, pg_catalog")
    await kept.execute("SET application_name TO 'another name'")
    for _ in range(5):
        expect("asyncpg", await pool.fetchval("SHOW search_path"))
        expect("asyncpg", await pool.fetchval("SHOW application_name"))
        expect("Asia/Tokyo", await kept.fetchval("SHOW TimeZone"))
        expect("another name", await kept.fetchval("SELECT current_setting('application_name')"))
    await kept.execute("SET application_name TO 'asyncpg'")
    return "time zone, search path, application name"


async def errors():
    async with pool.acquire() as connection:
        expect("23505", await sql_state(connection.execute(INSERT, "committed")))
        expect("42601", await sql_state(connection.execute("SELEKT 1")))
        failed = connection.transaction()
        await failed.start()
        expect("22012", await sql_state(connection.execute("SELECT 1/0")))
        expect("25P02", await sql_state(connection.execute("SELECT 1")))
        await failed.rollback()
        return await connection.fetchval("SELECT 'still usable'")


async def task(number):
    async with pool.acquire() as connection, connection.transaction():
        result = await connection.fetchval(PLUS_ONE, number)
        await connection.execute("UPDATE note SET body = body WHERE id = $1", number)
        return result


async def crowd():
    expect(1_275, sum(await asyncio.gather(*[task(number) for number in range(50)])))
    return "50 transactions"


async def wake():
    expect(42, await kept.fetchval(PLUS_ONE, 41))
    expect("Asia/Tokyo", await kept.fetchval("SHOW TimeZone"))
    expect("asyncpg, pg_catalog", await kept.fetchval("SHOW search_path"))
    await pool.release(kept)
    return await pool.fetchval("SELECT 'awake'")


async def crowd_wake():
    return await crowd()


async def listen():
    global kept
    kept = await pool.acquire()
    await kept.add_listener("news", hear)
    return "LISTEN"


async def listener_wake():
    await pool.execute("SELECT pg_notify('news', 'good morning')")
    expect("good morning", await asyncio.wait_for(heard.get(), 5))
    return "good morning"


async def close():
    await kept.remove_listener("news", hear)
    await pool.release(kept)
    await pool.close()
    return "closed"


async def main():
    for work in (open, idle, query, prepared, transaction, pipeline, copy, cursor, cancel, timeout, notify, settings, errors,
                 crowd, wake, crowd_wake, listen, listener_wake, close):  # fmt: skip
        await step(work)


asyncio.run(main())
