"""psycopg 3 with psycopg_pool. Host, port, database, user, password, sslmode and the root certificate come from libpq's variables."""

import asyncio

from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool
from story import expect, sql_state, step

CONNECTIONS = 10
PLUS_ONE = "SELECT %s::int + 1"

pool = AsyncConnectionPool(
    make_conninfo(
        channel_binding="require",
        sslnegotiation="direct",
        application_name="psycopg",
        options="-c search_path=psycopg",
    ),
    min_size=CONNECTIONS,
    max_size=CONNECTIONS,
    # A ping before each use.
    check=AsyncConnectionPool.check_connection,
    open=False,
)

# Taken from the pool for long, as a worker does.
kept = None


async def ask(connection, sql, arguments=()):
    cursor = await connection.execute(sql, arguments)
    return (await cursor.fetchone())[0]


async def insert(connection, body):
    await connection.execute("INSERT INTO note (body) VALUES (%s)", (body,))


async def open():
    await pool.open(wait=True)
    return f"{CONNECTIONS} connections"


async def idle():
    await pool.check()
    return "check_connection() of each"


async def query():
    async with pool.connection() as connection:
        await connection.execute("DROP SCHEMA IF EXISTS psycopg CASCADE; CREATE SCHEMA psycopg")
        await connection.execute("CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)")
        return await ask(connection, "SELECT version()")


async def prepared():
    """From the sixth run on, psycopg prepares a statement on the server."""
    global kept
    for number in range(80):
        async with pool.connection() as connection:
            expect(number + 1, await ask(connection, PLUS_ONE, (number,)))
    kept = await pool.getconn()
    for number in range(10):
        expect(number + 1, await ask(kept, PLUS_ONE, (number,)))
    await kept.commit()
    return "90 runs of one statement"


async def transaction():
    async with pool.connection() as connection:
        async with connection.transaction(force_rollback=True):
            await insert(connection, "rolled back")
        async with connection.transaction():
            await insert(connection, "committed")
            async with connection.transaction(force_rollback=True):
                await insert(connection, "rolled back, too")
        expect("committed", await ask(connection, "SELECT string_agg(body, ',') FROM note"))
    return "with a savepoint"


async def pipeline():
    async with pool.connection() as connection:
        async with connection.pipeline():
            for number in range(500):
                await insert(connection, f"pipelined {number}")

    async def with_duplicate():
        async with pool.connection() as connection, connection.pipeline():
            for number in range(499, 502):
                await insert(connection, f"pipelined {number}")

    expect("23505", await sql_state(with_duplicate()))
    async with pool.connection() as connection:
        expect(501, await ask(connection, "SELECT count(*) FROM note"))
    return "500 inserts, then a duplicate"


async def copy():
    lines = b"a line of some length\n" * 20_000
    async with pool.connection() as connection:
        await connection.execute("CREATE TABLE copied (line text)")
        cursor = connection.cursor()
        async with cursor.copy("COPY copied FROM STDIN") as into:
            await into.write(lines)
        async with cursor.copy("COPY copied TO STDOUT") as out:
            expect(lines, b"".join([bytes(block) async for block in out]))
    return "20000 lines both ways"


async def cursor():
    async with pool.connection() as connection, connection.cursor(name="numbers") as numbers:
        numbers.itersize = 1_000
        await numbers.execute("SELECT * FROM generate_series(1, 20000)")
        expect(200_010_000, sum([row[0] async for row in numbers]))
    return "20000 rows, 1000 at a time"


async def cancel():
    async with pool.connection() as connection:
        await connection.set_autocommit(True)
        running = asyncio.create_task(sql_state(connection.execute("SELECT pg_sleep(60)")))
        while not running.done():
            await connection.cancel_safe()
            await asyncio.sleep(0.05)
        expect("57014", running.result())
        answer = await ask(connection, "SELECT 'still usable'")
        await connection.set_autocommit(False)
        return answer


async def timeout():
    async with pool.connection() as connection:
        await connection.set_autocommit(True)
        await connection.execute("SET statement_timeout = 100")
        expect("57014", await sql_state(connection.execute("SELECT pg_sleep(60)")))
        await connection.execute("RESET statement_timeout")
        answer = await ask(connection, "SELECT 'still usable'")
        await connection.set_autocommit(False)
        return answer


async def heard(listener):
    async for notification in listener.notifies(timeout=5, stop_after=1):
        return notification.payload


async def tell(channel, text):
    async with pool.connection() as connection:
        await connection.execute("SELECT pg_notify(%s, %s)", (channel, text))


async def notify():
    async with pool.connection() as listener:
        await listener.set_autocommit(True)
        await listener.execute("LISTEN news")
        await tell("news", "hello")
        expect("hello", await heard(listener))
        await listener.execute("UNLISTEN *")
        await listener.set_autocommit(False)
    return "hello"


async def settings():
    await kept.set_autocommit(True)
    await kept.execute("SET TIME ZONE 'Asia/Tokyo'")
    await kept.execute("SET search_path TO psycopg, pg_catalog")
    await kept.execute("SET application_name TO 'another name'")
    for _ in range(5):
        async with pool.connection() as connection:
            expect("psycopg", await ask(connection, "SHOW search_path"))
            expect("psycopg", await ask(connection, "SHOW application_name"))
        expect("Asia/Tokyo", await ask(kept, "SHOW TimeZone"))
        expect("another name", await ask(kept, "SELECT current_setting('application_name')"))
    await kept.execute("SET application_name TO 'psycopg'")
    return "time zone, search path, application name"


async def errors():
    async with pool.connection() as connection:
        await connection.set_autocommit(True)
        expect("23505", await sql_state(insert(connection, "committed")))
        expect("42601", await sql_state(connection.execute("SELEKT 1")))
        expect("still usable", await ask(connection, "SELECT 'still usable'"))
        await connection.set_autocommit(False)
        expect("22012", await sql_state(connection.execute("SELECT 1/0")))
        expect("25P02", await sql_state(connection.execute("SELECT 1")))
        await connection.rollback()
        return await ask(connection, "SELECT 'still usable'")


async def task(number):
    async with pool.connection() as connection:
        result = await ask(connection, PLUS_ONE, (number,))
        await connection.execute("UPDATE note SET body = body WHERE id = %s", (number,))
        return result


async def crowd():
    expect(1_275, sum(await asyncio.gather(*[task(number) for number in range(50)])))
    return "50 transactions"


async def wake():
    expect(42, await ask(kept, PLUS_ONE, (41,)))
    expect("Asia/Tokyo", await ask(kept, "SHOW TimeZone"))
    expect("psycopg, pg_catalog", await ask(kept, "SHOW search_path"))
    await kept.execute("RESET ALL")
    await kept.set_autocommit(False)
    await pool.putconn(kept)
    async with pool.connection() as connection:
        return await ask(connection, "SELECT 'awake'")


async def crowd_wake():
    return await crowd()


async def listen():
    global kept
    kept = await pool.getconn()
    await kept.set_autocommit(True)
    await kept.execute("LISTEN news")
    return "LISTEN"


async def listener_wake():
    await tell("news", "good morning")
    expect("good morning", await heard(kept))
    return "good morning"


async def close():
    await pool.putconn(kept)
    await pool.close()
    return "closed"


async def main():
    for work in (open, idle, query, prepared, transaction, pipeline, copy, cursor, cancel, timeout, notify, settings, errors,
                 crowd, wake, crowd_wake, listen, listener_wake, close):  # fmt: skip
        await step(work)


asyncio.run(main())
