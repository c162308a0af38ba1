// pgx with its own pool. Host, port, database, user, password, sslmode and the root certificate come from libpq's variables.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"

	. "drivers/story"
)

const (
	connections = 10
	plusOne     = "SELECT $1::int + 1"
	insert      = "INSERT INTO note (body) VALUES ($1)"
)

var (
	pool *pgxpool.Pool
	// Taken from the pool for long, as a worker does.
	kept *pgxpool.Conn
)

type client interface {
	Exec(context.Context, string, ...any) (pgconn.CommandTag, error)
	QueryRow(context.Context, string, ...any) pgx.Row
}

func execute(ctx context.Context, on client, sql string, arguments ...any) error {
	_, err := on.Exec(ctx, sql, arguments...)
	return err
}

func ask[T comparable](ctx context.Context, on client, expected T, sql string, arguments ...any) error {
	var answer T
	if err := on.QueryRow(ctx, sql, arguments...).Scan(&answer); err != nil {
		return err
	}
	return Expect(expected, answer)
}

func main() {
	Step("open", open)
	Step("idle", idle)
	Step("query", query)
	Step("prepared", prepared)
	Step("transaction", transaction)
	Step("pipeline", pipeline)
	Step("copy", copying)
	Step("cursor", cursor)
	Step("cancel", cancel)
	Step("timeout", timeout)
	Step("notify", notify)
	Step("settings", settings)
	Step("errors", failures)
	Step("crowd", crowd)
	Step("wake", wake)
	Step("crowd wake", crowd)
	Step("listen", listen)
	Step("listener wake", listenerWake)
	Step("close", shut)
}

func open(ctx context.Context) (string, error) {
	config, err := pgxpool.ParseConfig("channel_binding=require application_name=pgxpool search_path=pgxpool")
	if err != nil {
		return "", err
	}
	config.MaxConns = connections
	config.MinConns = connections
	// By default, a statement that is given up costs its connection; this way it is cancelled.
	config.ConnConfig.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: time.Second}
	}
	// Opening must outlive this step.
	pool, err = pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return "", err
	}
	for pool.Stat().IdleConns() < connections {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fmt.Sprintf("%d connections", pool.Stat().TotalConns()), nil
}

func idle(ctx context.Context) (string, error) {
	var conns []*pgxpool.Conn
	for range connections {
		conn, err := pool.Acquire(ctx)
		if err != nil {
			return "", err
		}
		conns = append(conns, conn)
	}
	var err error
	for _, conn := range conns {
		err = First(err, conn.Ping(ctx))
		conn.Release()
	}
	return "Ping of each", err
}

func query(ctx context.Context) (string, error) {
	return "SELECT", First(
		execute(ctx, pool, "DROP SCHEMA IF EXISTS pgxpool CASCADE; CREATE SCHEMA pgxpool"),
		execute(ctx, pool, "CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)"),
		ask(ctx, pool, 1, "SELECT 1"))
}

// Each connection prepares a statement on the server when it sees it first.
func prepared(ctx context.Context) (string, error) {
	for number := range 40 {
		if err := ask(ctx, pool, number+1, plusOne, number); err != nil {
			return "", err
		}
	}
	var err error
	if kept, err = pool.Acquire(ctx); err != nil {
		return "", err
	}
	return "41 runs of one statement", ask(ctx, kept, 8, plusOne, 7)
}

func transaction(ctx context.Context) (string, error) {
	rollBack := errors.New("roll back")
	first := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		return First(execute(ctx, tx, insert, "rolled back"), rollBack)
	})
	if !errors.Is(first, rollBack) {
		return "", first
	}
	return "with a savepoint", First(
		pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
			if err := execute(ctx, tx, insert, "committed"); err != nil {
				return err
			}
			within := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error {
				return First(execute(ctx, tx, insert, "rolled back, too"), rollBack)
			})
			if !errors.Is(within, rollBack) {
				return within
			}
			return nil
		}),
		ask(ctx, pool, "committed", "SELECT string_agg(body, ',') FROM note"))
}

func pipeline(ctx context.Context) (string, error) {
	var batch, withDuplicate pgx.Batch
	for number := range 500 {
		batch.Queue(insert, fmt.Sprint("batch ", number))
	}
	withDuplicate.Queue(insert, "one more")
	withDuplicate.Queue(insert, "committed")
	withDuplicate.Queue(insert, "another")
	return "500 inserts, then a duplicate", First(
		pool.SendBatch(ctx, &batch).Close(),
		ExpectState("23505", pool.SendBatch(ctx, &withDuplicate).Close()),
		ask(ctx, pool, 501, "SELECT count(*) FROM note"))
}

func copying(ctx context.Context) (string, error) {
	const line = "a line of some length"
	rows := pgx.CopyFromSlice(20_000, func(int) ([]any, error) { return []any{line}, nil })
	if err := execute(ctx, pool, "CREATE TABLE copied (line text)"); err != nil {
		return "", err
	}
	copied, err := pool.CopyFrom(ctx, pgx.Identifier{"copied"}, []string{"line"}, rows)
	if err = First(err, Expect(20_000, copied)); err != nil {
		return "", err
	}
	var back bytes.Buffer
	err = pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		_, err := conn.Conn().PgConn().CopyTo(ctx, &back, "COPY copied TO STDOUT")
		return err
	})
	return "20000 lines both ways", First(err, Expect(strings.Repeat(line+"\n", 20_000), back.String()))
}

// pgx reads rows as they come; portions need a cursor.
func cursor(ctx context.Context) (string, error) {
	sum := 0
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if err := execute(ctx, tx, "DECLARE numbers CURSOR FOR SELECT * FROM generate_series(1, 20000)"); err != nil {
			return err
		}
		for {
			rows, err := tx.Query(ctx, "FETCH 1000 FROM numbers")
			if err != nil {
				return err
			}
			portion, err := pgx.CollectRows(rows, pgx.RowTo[int])
			if err != nil || len(portion) == 0 {
				return err
			}
			for _, number := range portion {
				sum += number
			}
		}
	})
	return "20000 rows, 1000 at a time", First(err, Expect(200_010_000, sum))
}

func cancel(ctx context.Context) (string, error) {
	return "by the context", pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		short, done := context.WithTimeout(ctx, 200*time.Millisecond)
		defer done()
		return First(
			ExpectState("57014", execute(short, conn, "SELECT pg_sleep(60)")),
			ask(ctx, conn, "still usable", "SELECT 'still usable'"))
	})
}

func timeout(ctx context.Context) (string, error) {
	return "statement_timeout", pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		return First(
			execute(ctx, conn, "SET statement_timeout = 100"),
			ExpectState("57014", execute(ctx, conn, "SELECT pg_sleep(60)")),
			execute(ctx, conn, "RESET statement_timeout"),
			ask(ctx, conn, "still usable", "SELECT 'still usable'"))
	})
}

func awaited(ctx context.Context, listener *pgxpool.Conn, expected string) error {
	short, done := context.WithTimeout(ctx, 5*time.Second)
	defer done()
	notification, err := listener.Conn().WaitForNotification(short)
	if err != nil {
		return err
	}
	return Expect(expected, notification.Payload)
}

func notify(ctx context.Context) (string, error) {
	return "hello", pool.AcquireFunc(ctx, func(listener *pgxpool.Conn) error {
		return First(
			execute(ctx, listener, "LISTEN news"),
			execute(ctx, pool, "SELECT pg_notify('news', 'hello')"),
			awaited(ctx, listener, "hello"),
			execute(ctx, listener, "UNLISTEN *"))
	})
}

func settings(ctx context.Context) (string, error) {
	err := First(
		execute(ctx, kept, "SET TIME ZONE 'Asia/Tokyo'"),
		execute(ctx, kept, "SET search_path TO pgxpool, pg_catalog"),
		execute(ctx, kept, "SET application_name TO 'another name'"))
	for range 5 {
		err = First(
			err,
			ask(ctx, pool, "pgxpool", "SHOW search_path"),
			ask(ctx, pool, "pgxpool", "SHOW application_name"),
			ask(ctx, kept, "Asia/Tokyo", "SHOW TimeZone"),
			ask(ctx, kept, "another name", "SELECT current_setting('application_name')"))
	}
	return "time zone, search path, application name", First(err, execute(ctx, kept, "SET application_name TO 'pgxpool'"))
}

func failures(ctx context.Context) (string, error) {
	return "still usable", pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		return First(
			ExpectState("23505", execute(ctx, conn, insert, "committed")),
			ExpectState("42601", execute(ctx, conn, "SELEKT 1")),
			execute(ctx, conn, "BEGIN"),
			ExpectState("22012", execute(ctx, conn, "SELECT 1/0")),
			ExpectState("25P02", execute(ctx, conn, "SELECT 1")),
			execute(ctx, conn, "ROLLBACK"),
			ask(ctx, conn, "still usable", "SELECT 'still usable'"))
	})
}

func crowd(ctx context.Context) (string, error) {
	var tasks sync.WaitGroup
	var outcomes [50]error
	for number := range outcomes {
		tasks.Go(func() {
			outcomes[number] = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
				return First(
					ask(ctx, tx, number+1, plusOne, number),
					execute(ctx, tx, "UPDATE note SET body = body WHERE id = $1", number))
			})
		})
	}
	tasks.Wait()
	return "50 transactions", First(outcomes[:]...)
}

func wake(ctx context.Context) (string, error) {
	err := First(
		ask(ctx, kept, 42, plusOne, 41),
		ask(ctx, kept, "Asia/Tokyo", "SHOW TimeZone"),
		ask(ctx, kept, "pgxpool, pg_catalog", "SHOW search_path"),
		execute(ctx, kept, "RESET ALL"))
	kept.Release()
	return "awake", First(err, ask(ctx, pool, "awake", "SELECT 'awake'"))
}

func listen(ctx context.Context) (string, error) {
	var err error
	if kept, err = pool.Acquire(ctx); err != nil {
		return "", err
	}
	return "LISTEN", execute(ctx, kept, "LISTEN news")
}

func listenerWake(ctx context.Context) (string, error) {
	return "good morning", First(
		execute(ctx, pool, "SELECT pg_notify('news', 'good morning')"),
		awaited(ctx, kept, "good morning"))
}

func shut(context.Context) (string, error) {
	kept.Release()
	pool.Close()
	return "closed", nil
}
