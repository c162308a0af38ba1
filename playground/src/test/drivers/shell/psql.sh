#!/usr/bin/env bash
# libpq, by way of psql. Host, port, database, user, password, sslmode and the root certificate come from libpq's variables. Says a
# line of JSON after each step, and goes on when it is told a line.
set -uo pipefail

readonly conninfo="channel_binding=require options='-c search_path=psql'" end='end of the answer' lines=20000
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap '' PIPE
declare -A to from
is_begun=''

# A psql that stays open: its name, then statements by `ask`.
start() {
  local write read
  mkfifo "$folder/$1.in" "$folder/$1.out"
  psql -XAtq -v VERBOSITY=sqlstate "$conninfo" <"$folder/$1.in" >"$folder/$1.out" 2>&1 &
  exec {write}>"$folder/$1.in" {read}<"$folder/$1.out"
  to[$1]=$write
  from[$1]=$read
}

# Prints what the session answers.
ask() {
  local line
  printf '%s\n\\echo %s\n' "$2" "$end" >&"${to[$1]}"
  while IFS= read -r -t 10 -u "${from[$1]}" line; do
    [[ $line != "$end" ]] || return 0
    # Told while one waits for a wake.
    [[ $line == NOTICE:* ]] || printf '%s\n' "$line"
  done
  echo "no answer"
  return 1
}

# Runs statements in a psql of their own.
once() {
  psql -XAtq -v VERBOSITY=sqlstate "$conninfo" "$@" 2>&1 | sed '/^NOTICE:/d'
}

expect() {
  [[ $1 == "$2" ]] && return
  detail="expected $1 but got $2"
  return 1
}

# A step's name and its function, which leaves in $detail what there is to say.
step() {
  local ok=false
  [[ -z $is_begun ]] || read -r _ || exit 0
  is_begun=yes detail=''
  ! "$2" >/dev/null || ok=true
  detail=${detail//\"/\'}
  printf '{"name": "%s", "ok": %s, "detail": "%s"}\n' "$1" "$ok" "${detail//$'\n'/ }"
}

open() {
  start kept && start other && start third
  expect '' "$(ask kept '')" && expect '' "$(ask other '')" && expect '' "$(ask third '')" && detail='3 psql'
}

idle() {
  expect 1 "$(once -c 'SELECT 1')" && expect '' "$(once -c '')" && detail='SELECT 1 and nothing, each by another psql'
}

query() {
  ask kept 'SET client_min_messages = warning; DROP SCHEMA IF EXISTS psql CASCADE; CREATE SCHEMA psql; RESET client_min_messages;'
  ask kept 'CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE);'
  detail=$(ask kept 'SELECT version();')
  [[ $detail == PostgreSQL* ]]
}

# SQL's own; it keeps its server until it is deallocated.
prepared() {
  ask third 'PREPARE plus_one AS SELECT $1::int + 1;'
  for number in {0..9}; do
    expect $((number + 1)) "$(ask third "EXECUTE plus_one($number);")" || return 1
  done
  ask third 'DEALLOCATE plus_one;'
  detail='PREPARE, EXECUTE, DEALLOCATE'
}

transaction() {
  ask kept "BEGIN; INSERT INTO note (body) VALUES ('rolled back'); ROLLBACK;"
  ask kept "BEGIN; INSERT INTO note (body) VALUES ('committed'); SAVEPOINT here;"
  ask kept "INSERT INTO note (body) VALUES ('rolled back, too'); ROLLBACK TO here; COMMIT;"
  expect committed "$(ask kept "SELECT string_agg(body, ',') FROM note;")" && detail='with a savepoint'
}

# Several statements in one message are one transaction.
pipeline() {
  local insert="INSERT INTO note (body) VALUES"
  expect 'ERROR:  23505' "$(ask kept "$insert ('one')\\; $insert ('committed')\\; $insert ('another');")" &&
    expect 1 "$(ask kept 'SELECT count(*) FROM note;')" && detail='a duplicate amid a message'
}

copy() {
  yes 'a line of some length' | head -n $lines >"$folder/in"
  ask kept 'CREATE TABLE copied (line text);'
  ask kept "\\copy copied FROM $folder/in"
  ask kept "\\copy copied TO $folder/out"
  cmp -s "$folder/in" "$folder/out" && detail="$lines lines both ways"
}

cursor() {
  ask kept '\set FETCH_COUNT 1000'
  ask kept "\\o $folder/numbers"
  ask kept "SELECT * FROM generate_series(1, $lines);"
  ask kept '\o'
  ask kept '\unset FETCH_COUNT'
  expect 200010000 "$(awk '{ sum += $1 } END { print sum }' "$folder/numbers")" && detail="$lines rows, 1000 at a time"
}

cancel() {
  psql -XAtq -v VERBOSITY=sqlstate "$conninfo" -c 'SELECT pg_sleep(60)' >"$folder/cancelled" 2>&1 &
  local running=$!
  until [[ $(ask other "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)';") == 1 ]]; do :; done
  kill -INT $running
  wait $running
  expect 'ERROR:  57014' "$(grep ERROR "$folder/cancelled")" && detail='by an interrupt'
}

timeout() {
  ask kept 'SET statement_timeout = 100;'
  expect 'ERROR:  57014' "$(ask kept 'SELECT pg_sleep(60);')" && ask kept 'RESET statement_timeout;' &&
    expect 'still usable' "$(ask kept "SELECT 'still usable';")" && detail='still usable'
}

# psql looks for notifications after each statement.
heard() {
  local said
  said=$(ask "$1" 'SELECT 1;')
  [[ $said == *"with payload \"$2\""* ]] && detail=$2 && return
  detail="heard: $said"
  return 1
}

notify() {
  ask kept 'LISTEN news;'
  ask other "NOTIFY news, 'hello';"
  heard kept hello && ask kept 'UNLISTEN *;'
}

settings() {
  ask kept "SET TIME ZONE 'Asia/Tokyo'; SET search_path TO psql, pg_catalog; SET application_name TO 'another name';"
  expect psql "$(ask other 'SHOW search_path;')" && expect psql "$(ask other 'SHOW application_name;')" &&
    expect Asia/Tokyo "$(ask kept 'SHOW TimeZone;')" &&
    expect 'another name' "$(ask kept "SELECT current_setting('application_name');")" &&
    ask kept "SET application_name TO 'psql';" && detail='time zone, search path, application name'
}

errors() {
  expect 'ERROR:  23505' "$(ask kept "INSERT INTO note (body) VALUES ('committed');")" &&
    expect 'ERROR:  42601' "$(ask kept 'SELEKT 1;')" && ask kept 'BEGIN;' &&
    expect 'ERROR:  22012' "$(ask kept 'SELECT 1/0;')" && expect 'ERROR:  25P02' "$(ask kept 'SELECT 1;')" &&
    ask kept 'ROLLBACK;' && expect 'still usable' "$(ask kept "SELECT 'still usable';")" && detail='still usable'
}

crowd() {
  local number tasks=()
  for number in {0..9}; do
    printf 'BEGIN; SELECT 1; UPDATE note SET body = body; COMMIT;\n%.0s' {1..5} | once >"$folder/task$number" &
    tasks+=($!)
  done
  wait "${tasks[@]}"
  expect 50 "$(cat "$folder"/task* | grep -cx 1)" && detail='50 transactions by 10 more psql'
}

wake() {
  expect 42 "$(ask kept 'SELECT 41 + 1;')" && expect Asia/Tokyo "$(ask kept 'SHOW TimeZone;')" &&
    expect 'psql, pg_catalog' "$(ask kept 'SHOW search_path;')" && ask kept 'RESET ALL;' &&
    expect awake "$(ask other "SELECT 'awake';")" && detail=awake
}

listen() {
  ask kept 'LISTEN news;' && detail=LISTEN
}

listener_wake() {
  ask other "NOTIFY news, 'good morning';"
  heard kept 'good morning'
}

close() {
  local session
  for session in kept other third; do
    printf '\\q\n' >&"${to[$session]}" 2>/dev/null
  done
  detail=closed
}

step open open
step idle idle
step query query
step prepared prepared
step transaction transaction
step pipeline pipeline
step copy copy
step cursor cursor
step cancel cancel
step timeout timeout
step notify notify
step settings settings
step errors errors
step crowd crowd
step wake wake
step 'crowd wake' crowd
step listen listen
step 'listener wake' listener_wake
step close close
