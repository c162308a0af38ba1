// Package story says a line of JSON after each step, and goes on when it is told a line.
package story

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

const limit = 10 * time.Second

var (
	told    = bufio.NewScanner(os.Stdin)
	isBegun bool
)

type lacking struct{ error }

// Lacking means that the driver has no such thing.
func Lacking(what string) (string, error) {
	return "", lacking{errors.New(what)}
}

// Step does the work, which returns what there is to say about it.
func Step(name string, work func(context.Context) (string, error)) {
	if isBegun && !told.Scan() {
		os.Exit(0)
	}
	isBegun = true
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	detail, err := work(ctx)
	var lacks lacking
	switch {
	case err == nil:
		say(name, true, detail)
	case errors.As(err, &lacks):
		say(name, nil, err.Error())
	case ctx.Err() != nil:
		// What it began may go on, and would spoil the steps that come.
		say(name, false, "took too long: "+err.Error())
		os.Exit(1)
	default:
		say(name, false, err.Error())
	}
}

func say(name string, ok any, detail string) {
	line, err := json.Marshal(map[string]any{"name": name, "ok": ok, "detail": detail})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}

// Expect compares.
func Expect[T comparable](expected, actual T) error {
	if expected != actual {
		return fmt.Errorf("expected %v but got %v", expected, actual)
	}
	return nil
}

// ExpectState compares with the SQLSTATE of an error.
func ExpectState(expected string, err error) error {
	var problem *pgconn.PgError
	if errors.As(err, &problem) {
		return Expect(expected, problem.Code)
	}
	return fmt.Errorf("expected %s but got %w", expected, err)
}

// First gives the first error.
func First(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}
