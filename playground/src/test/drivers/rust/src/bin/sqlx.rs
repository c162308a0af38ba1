//! sqlx with its pool. Host, port, database, user, password, sslmode and the root certificate come from libpq's variables.

use std::time::Duration;

use drivers::{Outcome, expect, lacking, step};
use futures::TryStreamExt;
use futures::future::try_join_all;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use sqlx::{Acquire, AssertSqlSafe, Connection, Error, Executor, PgConnection, Postgres, query, query_scalar, raw_sql};
use tokio::time::timeout;

const CONNECTIONS: u32 = 10;
const PLUS_ONE: &str = "SELECT $1::int + 1";
const INSERT: &str = "INSERT INTO note (body) VALUES ($1)";

#[tokio::main]
async fn main() -> Outcome<()> {
    let options = PgConnectOptions::new().application_name("sqlx").options([("search_path", "sqlx")]);
    // Before each use, a ping: test_before_acquire.
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect_lazy_with(options);

    step("open", open(&pool)).await;
    step("idle", idle(&pool)).await;
    step("query", create(&pool)).await;
    // Taken from the pool for long, as a worker does.
    let mut kept = None;
    step("prepared", prepared(&pool, &mut kept)).await;
    let mut kept = kept.ok_or("nothing was prepared")?;
    step("transaction", transaction(&pool)).await;
    step("pipeline", lacking("sqlx sends one statement at a time")).await;
    step("copy", copy(&pool)).await;
    step("cursor", cursor(&pool)).await;
    step("cancel", lacking("sqlx has no cancel")).await;
    step("timeout", timed_out(&pool)).await;
    step("notify", notify(&pool)).await;
    step("settings", settings(&pool, &mut kept)).await;
    step("errors", errors(&pool)).await;
    step("crowd", crowd(&pool)).await;
    step("wake", wake(&pool, kept)).await;
    step("crowd wake", crowd(&pool)).await;
    let mut listener = None;
    step("listen", async {
        listener = Some(listen(&pool).await?);
        Ok("LISTEN")
    })
    .await;
    step("listener wake", listener_wake(&pool, &mut listener)).await;
    drop(listener);
    step("close", async {
        pool.close().await;
        Ok("closed")
    })
    .await;
    Ok(())
}

async fn open(pool: &PgPool) -> Outcome {
    try_join_all((0..CONNECTIONS).map(|_| pool.acquire())).await?;
    expect(CONNECTIONS, pool.size())?;
    Ok("10 connections")
}

async fn idle(pool: &PgPool) -> Outcome {
    let mut connections = try_join_all((0..CONNECTIONS).map(|_| pool.acquire())).await?;
    for connection in &mut connections {
        connection.ping().await?;
    }
    Ok("ping of each")
}

async fn create(pool: &PgPool) -> Outcome {
    pool.execute(raw_sql("DROP SCHEMA IF EXISTS sqlx CASCADE; CREATE SCHEMA sqlx")).await?;
    pool.execute("CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)").await?;
    expect(1, query_scalar("SELECT 1").fetch_one(pool).await?)?;
    Ok("SELECT 1")
}

async fn plus_one(connection: &mut PgConnection, number: i32) -> Result<i32, Error> {
    query_scalar(PLUS_ONE).bind(number).fetch_one(connection).await
}

async fn ask(connection: &mut PgConnection, sql: &str) -> Result<String, Error> {
    query_scalar(AssertSqlSafe(sql)).fetch_one(connection).await
}

/// Each connection prepares a statement on the server when it sees it first.
async fn prepared(pool: &PgPool, kept: &mut Option<PoolConnection<Postgres>>) -> Outcome {
    for number in 0..40 {
        expect(number + 1, plus_one(&mut *pool.acquire().await?, number).await?)?;
    }
    let mut connection = pool.acquire().await?;
    expect(8, plus_one(&mut connection, 7).await?)?;
    *kept = Some(connection);
    Ok("41 runs of one statement")
}

async fn insert(connection: &mut PgConnection, body: &str) -> Result<(), Error> {
    query(INSERT).bind(body).execute(connection).await.map(|_| ())
}

async fn transaction(pool: &PgPool) -> Outcome {
    let mut rolled_back = pool.begin().await?;
    insert(&mut rolled_back, "rolled back").await?;
    rolled_back.rollback().await?;
    let mut committed = pool.begin().await?;
    insert(&mut committed, "committed").await?;
    let mut within = committed.begin().await?;
    insert(&mut within, "rolled back, too").await?;
    within.rollback().await?;
    committed.commit().await?;
    expect("committed", &ask(&mut *pool.acquire().await?, "SELECT string_agg(body, ',') FROM note").await?)?;
    Ok("with a savepoint")
}

async fn copy(pool: &PgPool) -> Outcome {
    let lines = "a line of some length\n".repeat(20_000);
    let mut connection = pool.acquire().await?;
    connection.execute("CREATE TABLE copied (line text)").await?;
    let mut into = connection.copy_in_raw("COPY copied FROM STDIN").await?;
    into.send(lines.as_bytes()).await?;
    expect(20_000, into.finish().await?)?;
    let blocks: Vec<_> = connection.copy_out_raw("COPY copied TO STDOUT").await?.try_collect().await?;
    expect(lines.as_bytes(), &blocks.concat())?;
    Ok("20000 lines both ways")
}

/// sqlx reads rows as they come; portions need a cursor.
async fn cursor(pool: &PgPool) -> Outcome {
    let mut transaction = pool.begin().await?;
    transaction.execute("DECLARE numbers CURSOR FOR SELECT * FROM generate_series(1, 20000)").await?;
    let mut sum = 0;
    loop {
        let portion: Vec<i32> = query_scalar("FETCH 1000 FROM numbers").fetch_all(&mut *transaction).await?;
        if portion.is_empty() {
            break;
        }
        sum += portion.iter().sum::<i32>();
    }
    transaction.commit().await?;
    expect(200_010_000, sum)?;
    Ok("20000 rows, 1000 at a time")
}

fn state<T>(outcome: Result<T, Error>) -> String {
    match outcome {
        Ok(_) => "no error".into(),
        Err(problem) => {
            let code = problem.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned());
            code.unwrap_or_else(|| problem.to_string())
        }
    }
}

async fn timed_out(pool: &PgPool) -> Outcome {
    let mut connection = pool.acquire().await?;
    connection.execute("SET statement_timeout = 100").await?;
    expect("57014", &state(connection.execute("SELECT pg_sleep(60)").await))?;
    connection.execute("RESET statement_timeout").await?;
    expect("still usable", &ask(&mut connection, "SELECT 'still usable'").await?)?;
    Ok("still usable")
}

async fn listen(pool: &PgPool) -> Outcome<PgListener> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen("news").await?;
    Ok(listener)
}

async fn heard(listener: &mut PgListener) -> Outcome<String> {
    Ok(timeout(Duration::from_secs(5), listener.recv()).await??.payload().to_owned())
}

async fn tell(pool: &PgPool, payload: &str) -> Result<(), Error> {
    query("SELECT pg_notify('news', $1)").bind(payload).execute(pool).await.map(|_| ())
}

async fn notify(pool: &PgPool) -> Outcome {
    let mut listener = listen(pool).await?;
    tell(pool, "hello").await?;
    expect("hello", &heard(&mut listener).await?)?;
    listener.unlisten_all().await?;
    Ok("hello")
}

async fn settings(pool: &PgPool, kept: &mut PgConnection) -> Outcome {
    kept.execute("SET TIME ZONE 'Asia/Tokyo'").await?;
    kept.execute("SET search_path TO sqlx, pg_catalog").await?;
    kept.execute("SET application_name TO 'another name'").await?;
    for _ in 0..5 {
        let mut connection = pool.acquire().await?;
        expect("sqlx", &ask(&mut connection, "SHOW search_path").await?)?;
        expect("sqlx", &ask(&mut connection, "SHOW application_name").await?)?;
        expect("Asia/Tokyo", &ask(kept, "SHOW TimeZone").await?)?;
        expect("another name", &ask(kept, "SELECT current_setting('application_name')").await?)?;
    }
    kept.execute("SET application_name TO 'sqlx'").await?;
    Ok("time zone, search path, application name")
}

async fn errors(pool: &PgPool) -> Outcome {
    let mut connection = pool.acquire().await?;
    expect("23505", &state(insert(&mut connection, "committed").await))?;
    expect("42601", &state(connection.execute("SELEKT 1").await))?;
    connection.execute("BEGIN").await?;
    expect("22012", &state(connection.execute("SELECT 1/0").await))?;
    expect("25P02", &state(connection.execute("SELECT 1").await))?;
    connection.execute("ROLLBACK").await?;
    expect("still usable", &ask(&mut connection, "SELECT 'still usable'").await?)?;
    Ok("still usable")
}

async fn crowd(pool: &PgPool) -> Outcome {
    let tasks: Vec<_> = (0..50).map(|number| tokio::spawn(task(pool.clone(), number))).collect();
    let mut sum = 0;
    for task in tasks {
        sum += task.await??;
    }
    expect(1_275, sum)?;
    Ok("50 transactions")
}

async fn task(pool: PgPool, number: i32) -> Result<i32, Error> {
    let mut transaction = pool.begin().await?;
    let sum = plus_one(&mut transaction, number).await?;
    query("UPDATE note SET body = body WHERE id = $1").bind(number).execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(sum)
}

async fn wake(pool: &PgPool, mut kept: PoolConnection<Postgres>) -> Outcome {
    expect(42, plus_one(&mut kept, 41).await?)?;
    expect("Asia/Tokyo", &ask(&mut kept, "SHOW TimeZone").await?)?;
    expect("sqlx, pg_catalog", &ask(&mut kept, "SHOW search_path").await?)?;
    kept.execute("RESET ALL").await?;
    drop(kept);
    expect("awake", &ask(&mut *pool.acquire().await?, "SELECT 'awake'").await?)?;
    Ok("awake")
}

async fn listener_wake(pool: &PgPool, listener: &mut Option<PgListener>) -> Outcome {
    let listener = listener.as_mut().ok_or("nobody listens")?;
    tell(pool, "good morning").await?;
    expect("good morning", &heard(listener).await?)?;
    Ok("good morning")
}
