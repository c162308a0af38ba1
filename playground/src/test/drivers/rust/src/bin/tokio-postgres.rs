//! tokio-postgres with deadpool, and TLS by OpenSSL.

use std::env::var;
use std::time::Duration;

use bytes::Bytes;
use deadpool_postgres::{Client, Manager, ManagerConfig, Pool, RecyclingMethod};
use drivers::{Outcome, expect, step};
use futures::future::{join_all, poll_fn, try_join_all};
use futures::{SinkExt, TryStreamExt, pin_mut};
use openssl::ssl::{SslConnector, SslMethod};
use postgres_openssl::MakeTlsConnector;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{sleep, timeout};
use tokio_postgres::config::{ChannelBinding, SslMode};
use tokio_postgres::{AsyncMessage, Config, Error, SimpleQueryMessage};

const CONNECTIONS: usize = 10;
const PLUS_ONE: &str = "SELECT $1::int + 1";
const INSERT: &str = "INSERT INTO note (body) VALUES ($1)";

fn config() -> Outcome<Config> {
    let mut config = Config::new();
    config
        .host(var("PGHOST")?)
        .port(var("PGPORT")?.parse()?)
        .dbname(var("PGDATABASE")?)
        .user(var("PGUSER")?)
        .password(var("PGPASSWORD")?)
        .ssl_mode(SslMode::Require)
        .channel_binding(ChannelBinding::Require)
        .application_name("tokio-postgres")
        .options("-c search_path=tokio_postgres");
    Ok(config)
}

/// Checks the certificate and the host's name.
fn tls() -> Outcome<MakeTlsConnector> {
    let mut builder = SslConnector::builder(SslMethod::tls())?;
    builder.set_ca_file(var("PGSSLROOTCERT")?)?;
    Ok(MakeTlsConnector::new(builder.build()))
}

#[tokio::main]
async fn main() -> Outcome<()> {
    // A ping before each use: the empty query.
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Verified };
    let manager = Manager::from_config(config()?, tls()?, recycling);
    let pool = Pool::builder(manager).max_size(CONNECTIONS).build()?;

    step("open", open(&pool)).await;
    step("idle", idle(&pool)).await;
    step("query", query(&pool)).await;
    // Taken from the pool for long, as a worker does.
    let mut kept = None;
    step("prepared", prepared(&pool, &mut kept)).await;
    let kept = kept.ok_or("nothing was prepared")?;
    step("transaction", transaction(&pool)).await;
    step("pipeline", pipeline(&pool)).await;
    step("copy", copy(&pool)).await;
    step("cursor", cursor(&pool)).await;
    step("cancel", cancel(&pool)).await;
    step("timeout", timed_out(&pool)).await;
    step("notify", notify(&pool)).await;
    step("settings", settings(&pool, &kept)).await;
    step("errors", errors(&pool)).await;
    step("crowd", crowd(&pool)).await;
    step("wake", wake(&pool, kept)).await;
    step("crowd wake", crowd(&pool)).await;
    let mut heard = None;
    step("listen", async {
        heard = Some(listen().await?);
        Ok("LISTEN")
    })
    .await;
    step("listener wake", listener_wake(&pool, heard)).await;
    step("close", async {
        pool.close();
        Ok("closed")
    })
    .await;
    Ok(())
}

async fn open(pool: &Pool) -> Outcome {
    try_join_all((0..CONNECTIONS).map(|_| pool.get())).await?;
    Ok("10 connections")
}

async fn idle(pool: &Pool) -> Outcome {
    try_join_all((0..CONNECTIONS).map(|_| pool.get())).await?;
    Ok("the empty query by each")
}

async fn query(pool: &Pool) -> Outcome {
    let client = pool.get().await?;
    client.batch_execute("DROP SCHEMA IF EXISTS tokio_postgres CASCADE; CREATE SCHEMA tokio_postgres").await?;
    client.batch_execute("CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)").await?;
    expect("1", &ask(&client, "SELECT 1").await?)?;
    Ok("SELECT 1")
}

async fn ask(client: &Client, sql: &str) -> Outcome<String> {
    let messages = client.simple_query(sql).await?;
    let value = messages.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    Ok(value.ok_or("no row")?.to_owned())
}

/// The pool keeps a cache of statements for each connection.
async fn plus_one(client: &Client, number: i32) -> Outcome<i32> {
    let statement = client.prepare_cached(PLUS_ONE).await?;
    Ok(client.query_one(&statement, &[&number]).await?.get(0))
}

async fn prepared(pool: &Pool, kept: &mut Option<Client>) -> Outcome {
    for number in 0..40 {
        expect(number + 1, plus_one(&pool.get().await?, number).await?)?;
    }
    let client = pool.get().await?;
    expect(8, plus_one(&client, 7).await?)?;
    *kept = Some(client);
    Ok("41 runs of one statement")
}

async fn transaction(pool: &Pool) -> Outcome {
    let mut client = pool.get().await?;
    let rolled_back = client.transaction().await?;
    rolled_back.execute(INSERT, &[&"rolled back"]).await?;
    rolled_back.rollback().await?;
    let mut committed = client.transaction().await?;
    committed.execute(INSERT, &[&"committed"]).await?;
    let within = committed.savepoint("here").await?;
    within.execute(INSERT, &[&"rolled back, too"]).await?;
    within.rollback().await?;
    committed.commit().await?;
    expect("committed", &ask(&client, "SELECT string_agg(body, ',') FROM note").await?)?;
    Ok("with a savepoint")
}

/// Statements that are awaited together go out together.
async fn pipeline(pool: &Pool) -> Outcome {
    let client = pool.get().await?;
    let insert = client.prepare_cached(INSERT).await?;
    let bodies: Vec<_> =
        (0..500).map(|i| if i == 250 { "committed".into() } else { format!("pipelined {i}") }).collect();
    let outcomes = join_all(bodies.iter().map(async |body| client.execute(&insert, &[body]).await)).await;
    expect(1, outcomes.iter().filter(|outcome| outcome.is_err()).count())?;
    expect("23505", state(&outcomes[250]))?;
    Ok("500 inserts, a duplicate among them")
}

fn state<T>(outcome: &Result<T, Error>) -> &str {
    match outcome {
        Ok(_) => "no error",
        Err(problem) => problem.code().map_or("no code", |code| code.code()),
    }
}

async fn copy(pool: &Pool) -> Outcome {
    let lines = "a line of some length\n".repeat(20_000);
    let client = pool.get().await?;
    client.batch_execute("CREATE TABLE copied (line text)").await?;
    let sink = client.copy_in("COPY copied FROM STDIN").await?;
    pin_mut!(sink);
    sink.send(Bytes::from(lines.clone())).await?;
    expect(20_000, sink.finish().await?)?;
    let blocks: Vec<_> = client.copy_out("COPY copied TO STDOUT").await?.try_collect().await?;
    expect(lines.as_bytes(), &blocks.concat())?;
    Ok("20000 lines both ways")
}

async fn cursor(pool: &Pool) -> Outcome {
    let mut client = pool.get().await?;
    let transaction = client.transaction().await?;
    let portal = transaction.bind("SELECT * FROM generate_series(1, 20000)", &[]).await?;
    let mut sum = 0;
    loop {
        let rows = transaction.query_portal(&portal, 1_000).await?;
        if rows.is_empty() {
            break;
        }
        sum += rows.iter().map(|row| row.get::<_, i32>(0)).sum::<i32>();
    }
    transaction.commit().await?;
    expect(200_010_000, sum)?;
    Ok("20000 rows, 1000 at a time")
}

async fn cancel(pool: &Pool) -> Outcome {
    let client = pool.get().await?;
    let token = client.cancel_token();
    let (running, cancelled) = tokio::join!(client.batch_execute("SELECT pg_sleep(60)"), async {
        sleep(Duration::from_millis(200)).await;
        token.cancel_query(tls().expect("as before")).await
    });
    cancelled?;
    expect("57014", state(&running))?;
    expect("still usable", &ask(&client, "SELECT 'still usable'").await?)?;
    Ok("still usable")
}

async fn timed_out(pool: &Pool) -> Outcome {
    let client = pool.get().await?;
    client.batch_execute("SET statement_timeout = 100").await?;
    expect("57014", state(&client.batch_execute("SELECT pg_sleep(60)").await))?;
    client.batch_execute("RESET statement_timeout").await?;
    expect("still usable", &ask(&client, "SELECT 'still usable'").await?)?;
    Ok("still usable")
}

/// Notifications come by the connection, which a pool hides: a listener has one of its own.
struct Listener {
    client: tokio_postgres::Client,
    heard: UnboundedReceiver<String>,
}

async fn listen() -> Outcome<Listener> {
    let (client, mut connection) = config()?.connect(tls()?).await?;
    let (tell, heard) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(notification) = message {
                let _ = tell.send(notification.payload().to_owned());
            }
        }
    });
    client.batch_execute("LISTEN news").await?;
    Ok(Listener { client, heard })
}

async fn heard(listener: &mut Listener) -> Outcome<String> {
    Ok(timeout(Duration::from_secs(5), listener.heard.recv()).await?.ok_or("the connection is gone")?)
}

async fn notify(pool: &Pool) -> Outcome {
    let mut listener = listen().await?;
    pool.get().await?.execute("SELECT pg_notify('news', 'hello')", &[]).await?;
    expect("hello", &heard(&mut listener).await?)?;
    listener.client.batch_execute("UNLISTEN *").await?;
    Ok("hello")
}

async fn settings(pool: &Pool, kept: &Client) -> Outcome {
    kept.batch_execute("SET TIME ZONE 'Asia/Tokyo'").await?;
    kept.batch_execute("SET search_path TO tokio_postgres, pg_catalog").await?;
    kept.batch_execute("SET application_name TO 'another name'").await?;
    for _ in 0..5 {
        let client = pool.get().await?;
        expect("tokio_postgres", &ask(&client, "SHOW search_path").await?)?;
        expect("tokio-postgres", &ask(&client, "SHOW application_name").await?)?;
        expect("Asia/Tokyo", &ask(kept, "SHOW TimeZone").await?)?;
        expect("another name", &ask(kept, "SELECT current_setting('application_name')").await?)?;
    }
    kept.batch_execute("SET application_name TO 'tokio-postgres'").await?;
    Ok("time zone, search path, application name")
}

async fn errors(pool: &Pool) -> Outcome {
    let client = pool.get().await?;
    expect("23505", state(&client.execute(INSERT, &[&"committed"]).await))?;
    expect("42601", state(&client.execute("SELEKT 1", &[]).await))?;
    client.batch_execute("BEGIN").await?;
    expect("22012", state(&client.query("SELECT 1/0", &[]).await))?;
    expect("25P02", state(&client.query("SELECT 1", &[]).await))?;
    client.batch_execute("ROLLBACK").await?;
    expect("still usable", &ask(&client, "SELECT 'still usable'").await?)?;
    Ok("still usable")
}

async fn crowd(pool: &Pool) -> Outcome {
    let tasks: futures::stream::FuturesUnordered<_> =
        (0..50).map(|number| tokio::spawn(task(pool.clone(), number))).collect();
    let sums: Vec<Outcome<i32>> = tasks.try_collect().await?;
    expect(1_275, sums.into_iter().sum::<Outcome<i32>>()?)?;
    Ok("50 transactions")
}

async fn task(pool: Pool, number: i32) -> Outcome<i32> {
    let mut client = pool.get().await?;
    let transaction = client.transaction().await?;
    let statement = transaction.prepare_cached(PLUS_ONE).await?;
    let sum = transaction.query_one(&statement, &[&number]).await?.get(0);
    transaction.execute("UPDATE note SET body = body WHERE id = $1", &[&number]).await?;
    transaction.commit().await?;
    Ok(sum)
}

async fn wake(pool: &Pool, kept: Client) -> Outcome {
    expect(42, plus_one(&kept, 41).await?)?;
    expect("Asia/Tokyo", &ask(&kept, "SHOW TimeZone").await?)?;
    expect("tokio_postgres, pg_catalog", &ask(&kept, "SHOW search_path").await?)?;
    kept.batch_execute("RESET ALL").await?;
    drop(kept);
    expect("awake", &ask(&pool.get().await?, "SELECT 'awake'").await?)?;
    Ok("awake")
}

async fn listener_wake(pool: &Pool, listener: Option<Listener>) -> Outcome {
    let mut listener = listener.ok_or("nobody listens")?;
    pool.get().await?.execute("SELECT pg_notify('news', 'good morning')", &[]).await?;
    expect("good morning", &heard(&mut listener).await?)?;
    Ok("good morning")
}
