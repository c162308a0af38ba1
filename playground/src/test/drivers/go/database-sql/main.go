// database/sql over pgx. Host, port, database, user, password, sslmode and the root certificate come from libpq's variables.
package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/stdlib"

	. "drivers/story"
)

const (
	connections = 10
	plusOne     = "SELECT $1::int + 1"
	insert      = "INSERT INTO note (body) VALUES ($1)"
)

var (
	db *sql.DB
	// Prepared by database/sql again on each connection that it comes to.
	statement *sql.Stmt
	// Taken from the pool for long, as a worker does.
	kept *sql.Conn
)

type client interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

func execute(ctx context.Context, on client, text string, arguments ...any) error {
	_, err := on.ExecContext(ctx, text, arguments...)
	return err
}

func ask[T comparable](ctx context.Context, on client, expected T, text string, arguments ...any) error {
	return scan(expected, on.QueryRowContext(ctx, text, arguments...))
}

func scan[T comparable](expected T, row *sql.Row) error {
	var answer T
	if err := row.Scan(&answer); err != nil {
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
	Step("pipeline", func(context.Context) (string, error) { return Lacking("database/sql sends one statement at a time") })
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
	config, err := pgx.ParseConfig("channel_binding=require application_name=database-sql search_path=database_sql")
	if err != nil {
		return "", err
	}
	// By default, a statement that is given up costs its connection; this way it is cancelled.
	config.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: time.Second}
	}
	// Before it hands out a connection that was idle for a second, pgx would ping it.
	db = stdlib.OpenDB(*config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	var conns []*sql.Conn
	for range connections {
		conn, err := db.Conn(ctx)
		if err != nil {
			return "", err
		}
		conns = append(conns, conn)
	}
	for _, conn := range conns {
		err = First(err, conn.Close())
	}
	return fmt.Sprintf("%d connections", db.Stats().OpenConnections), err
}

func idle(ctx context.Context) (string, error) {
	var err error
	for range connections {
		err = First(err, db.PingContext(ctx))
	}
	return "Ping", err
}

func query(ctx context.Context) (string, error) {
	return "SELECT", First(
		execute(ctx, db, "DROP SCHEMA IF EXISTS database_sql CASCADE; CREATE SCHEMA database_sql"),
		execute(ctx, db, "CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)"),
		ask(ctx, db, 1, "SELECT 1"))
}

func prepared(ctx context.Context) (string, error) {
	for number := range 40 {
		if err := ask(ctx, db, number+1, plusOne, number); err != nil {
			return "", err
		}
	}
	var err error
	if statement, err = db.PrepareContext(ctx, plusOne); err != nil {
		return "", err
	}
	if kept, err = db.Conn(ctx); err != nil {
		return "", err
	}
	return "42 runs of one statement", First(
		scan(3, statement.QueryRowContext(ctx, 2)),
		ask(ctx, kept, 8, plusOne, 7))
}

func inTransaction(ctx context.Context, work func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := work(tx); err != nil {
		return First(tx.Rollback(), err)
	}
	return tx.Commit()
}

func transaction(ctx context.Context) (string, error) {
	rollBack := errors.New("roll back")
	first := inTransaction(ctx, func(tx *sql.Tx) error {
		return First(execute(ctx, tx, insert, "rolled back"), rollBack)
	})
	if !errors.Is(first, rollBack) {
		return "", first
	}
	return "with a savepoint", First(
		inTransaction(ctx, func(tx *sql.Tx) error {
			return First(
				execute(ctx, tx, insert, "committed"),
				execute(ctx, tx, "SAVEPOINT here"),
				execute(ctx, tx, insert, "rolled back, too"),
				execute(ctx, tx, "ROLLBACK TO here"))
		}),
		ask(ctx, db, "committed", "SELECT string_agg(body, ',') FROM note"))
}

// What database/sql does not have, pgx has behind it.
func raw(ctx context.Context, work func(*pgx.Conn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	return First(
		conn.Raw(func(driver any) error { return work(driver.(*stdlib.Conn).Conn()) }),
		conn.Close())
}

func copying(ctx context.Context) (string, error) {
	lines := strings.Repeat("a line of some length\n", 20_000)
	var back bytes.Buffer
	return "20000 lines both ways", First(
		execute(ctx, db, "CREATE TABLE copied (line text)"),
		raw(ctx, func(conn *pgx.Conn) error {
			_, in := conn.PgConn().CopyFrom(ctx, strings.NewReader(lines), "COPY copied FROM STDIN")
			_, out := conn.PgConn().CopyTo(ctx, &back, "COPY copied TO STDOUT")
			return First(in, out)
		}),
		Expect(lines, back.String()))
}

func cursor(ctx context.Context) (string, error) {
	sum := 0
	err := inTransaction(ctx, func(tx *sql.Tx) error {
		if err := execute(ctx, tx, "DECLARE numbers CURSOR FOR SELECT * FROM generate_series(1, 20000)"); err != nil {
			return err
		}
		for range 20 {
			rows, err := tx.QueryContext(ctx, "FETCH 1000 FROM numbers")
			if err != nil {
				return err
			}
			for rows.Next() {
				var number int
				err = First(err, rows.Scan(&number))
				sum += number
			}
			if err = First(err, rows.Err(), rows.Close()); err != nil {
				return err
			}
		}
		return nil
	})
	return "20000 rows, 1000 at a time", First(err, Expect(200_010_000, sum))
}

func cancel(ctx context.Context) (string, error) {
	short, done := context.WithTimeout(ctx, 200*time.Millisecond)
	defer done()
	return "by the context", First(
		ExpectState("57014", execute(short, kept, "SELECT pg_sleep(60)")),
		ask(ctx, kept, "still usable", "SELECT 'still usable'"))
}

func timeout(ctx context.Context) (string, error) {
	return "statement_timeout", First(
		execute(ctx, kept, "SET statement_timeout = 100"),
		ExpectState("57014", execute(ctx, kept, "SELECT pg_sleep(60)")),
		execute(ctx, kept, "RESET statement_timeout"),
		ask(ctx, kept, "still usable", "SELECT 'still usable'"))
}

func awaited(ctx context.Context, listener *pgx.Conn, expected string) error {
	short, done := context.WithTimeout(ctx, 5*time.Second)
	defer done()
	notification, err := listener.WaitForNotification(short)
	if err != nil {
		return err
	}
	return Expect(expected, notification.Payload)
}

func notify(ctx context.Context) (string, error) {
	return "hello", raw(ctx, func(listener *pgx.Conn) error {
		_, err := listener.Exec(ctx, "LISTEN news")
		err = First(
			err,
			execute(ctx, db, "SELECT pg_notify('news', 'hello')"),
			awaited(ctx, listener, "hello"))
		_, after := listener.Exec(ctx, "UNLISTEN *")
		return First(err, after)
	})
}

func settings(ctx context.Context) (string, error) {
	err := First(
		execute(ctx, kept, "SET TIME ZONE 'Asia/Tokyo'"),
		execute(ctx, kept, "SET search_path TO database_sql, pg_catalog"),
		execute(ctx, kept, "SET application_name TO 'another name'"))
	for range 5 {
		err = First(
			err,
			ask(ctx, db, "database_sql", "SHOW search_path"),
			ask(ctx, db, "database-sql", "SHOW application_name"),
			ask(ctx, kept, "Asia/Tokyo", "SHOW TimeZone"),
			ask(ctx, kept, "another name", "SELECT current_setting('application_name')"))
	}
	return "time zone, search path, application name", First(
		err, execute(ctx, kept, "SET application_name TO 'database-sql'"))
}

func failures(ctx context.Context) (string, error) {
	return "still usable", First(
		ExpectState("23505", execute(ctx, kept, insert, "committed")),
		ExpectState("42601", execute(ctx, kept, "SELEKT 1")),
		execute(ctx, kept, "BEGIN"),
		ExpectState("22012", execute(ctx, kept, "SELECT 1/0")),
		ExpectState("25P02", execute(ctx, kept, "SELECT 1")),
		execute(ctx, kept, "ROLLBACK"),
		ask(ctx, kept, "still usable", "SELECT 'still usable'"))
}

func crowd(ctx context.Context) (string, error) {
	var tasks sync.WaitGroup
	var outcomes [50]error
	for number := range outcomes {
		tasks.Go(func() {
			outcomes[number] = inTransaction(ctx, func(tx *sql.Tx) error {
				return First(
					scan(number+1, tx.StmtContext(ctx, statement).QueryRowContext(ctx, number)),
					execute(ctx, tx, "UPDATE note SET body = body WHERE id = $1", number))
			})
		})
	}
	tasks.Wait()
	return "50 transactions", First(outcomes[:]...)
}

func wake(ctx context.Context) (string, error) {
	return "awake", First(
		ask(ctx, kept, 42, plusOne, 41),
		ask(ctx, kept, "Asia/Tokyo", "SHOW TimeZone"),
		ask(ctx, kept, "database_sql, pg_catalog", "SHOW search_path"),
		execute(ctx, kept, "RESET ALL"),
		kept.Close(),
		ask(ctx, db, "awake", "SELECT 'awake'"))
}

func listen(ctx context.Context) (string, error) {
	var err error
	if kept, err = db.Conn(ctx); err != nil {
		return "", err
	}
	return "LISTEN", execute(ctx, kept, "LISTEN news")
}

func listenerWake(ctx context.Context) (string, error) {
	return "good morning", First(
		execute(ctx, db, "SELECT pg_notify('news', 'good morning')"),
		kept.Raw(func(driver any) error { return awaited(ctx, driver.(*stdlib.Conn).Conn(), "good morning") }))
}

func shut(context.Context) (string, error) {
	kept.Close()
	return "closed", db.Close()
}
