#!/usr/bin/env bash
# Starts Postgres on a Railway volume and stops it in an orderly way.
#
# First start: makes the cluster, the application's role and its database from SCRAM verifiers; no password is ever seen here.
# With RESTORE_SOURCE it takes the cluster from an archive server instead, and replays it up to RESTORE_TARGET.
# Every start: writes the configuration anew, renews the TLS certificate when needed, runs Postgres.
# Exit status: 0 after a shutdown that was asked for (by signal or through Postgres itself), Postgres' own otherwise.
#
# Called with the word "parameters", from within the running Postgres: offers it those on standard input, in base64.
set -euo pipefail
umask 077

COMPUTE=$(realpath "${BASH_SOURCE[0]}")
export COMPUTE
readonly certificate_days=3650
readonly renew_after_days=3600

say() {
    printf '%s compute: %s\n' "$(date -u '+%Y-%m-%d %H:%M:%S.%3N UTC')" "$*" >&2
}

refuse() {
    say "cannot start: $*"
    exit 1
}

require_variables() {
    local name
    for name in "$@"; do
        [[ -n "${!name:-}" ]] || refuse "the variable $name is not set"
    done
}

# Data outside the volume would be lost with the container, so a start without the volume must fail, loudly.
check_volume() {
    [[ -n "${RAILWAY_VOLUME_MOUNT_PATH:-}" ]] || refuse "no volume is attached (RAILWAY_VOLUME_MOUNT_PATH is not set)"
    mount=${RAILWAY_VOLUME_MOUNT_PATH%/}
    [[ -d "$mount" ]] || refuse "the volume's folder $mount does not exist"
    PGDATA=${PGDATA:-$mount/pgdata}
    [[ "$PGDATA" == "$mount"/?* && "$PGDATA" != *..* ]] || refuse "PGDATA ($PGDATA) is not below the volume ($mount)"
    export PGDATA
}

# Railway mounts volumes as root and starts containers as root; Postgres refuses to run as root.
leave_root() {
    ((EUID == 0)) || return 0
    chown postgres:postgres "$mount"
    exec gosu postgres "${BASH_SOURCE[0]}"
}

# The image knows its major version; elsewhere the server is asked. (A wake must not wait for a program that need not run.)
find_major_version() {
    local words
    major=${PG_MAJOR:-}
    [[ -z "$major" ]] || return 0
    read -r -a words <<<"$(postgres --version)"
    major=${words[2]%%.*}
}

locale_options() {
    if ((major >= 17)); then
        printf '%s\n' --locale-provider=builtin --builtin-locale=C.UTF-8
    fi
    printf '%s\n' --locale=C.UTF-8
}

as_identifier() {
    printf '"%s"' "${1//\"/\"\"}"
}

as_literal() {
    printf "'%s'" "${1//\'/\'\'}"
}

# Single-user mode ends a statement at a semicolon followed by an empty line.
first_statements() {
    local owner
    owner=$(as_identifier "$DATABASE_OWNER")
    printf 'ALTER ROLE postgres PASSWORD %s;\n\n' "$(as_literal "$ADMIN_VERIFIER")"
    printf 'CREATE ROLE %s LOGIN PASSWORD %s;\n\n' "$owner" "$(as_literal "$OWNER_VERIFIER")"
    printf 'CREATE DATABASE %s OWNER %s;\n\n' "$(as_identifier "$DATABASE_NAME")" "$owner"
}

# The roles get their verifiers before the network is opened for the first time. Statements stay out of the log.
in_single_user_mode() {
    "$1" | postgres --single -j -D "$PGDATA.new" -c exit_on_error=on -c log_min_messages=error \
        -c log_min_error_statement=panic postgres >/dev/null
}

# The folder gets its name only when all is done: a cluster that exists is a complete one.
create_cluster() {
    [[ ! -e "$PGDATA/PG_VERSION" ]] || return 0
    require_variables ADMIN_VERIFIER DATABASE_NAME DATABASE_OWNER OWNER_VERIFIER
    [[ ! -e "$PGDATA" ]] || rmdir "$PGDATA" || refuse "$PGDATA holds something that is not a Postgres cluster"
    say "creating the cluster"
    rm -rf "$PGDATA.new"
    local locale more
    mapfile -t locale < <(locale_options)
    read -r -a more <<<"${INITDB_OPTIONS:-}"
    initdb --pgdata="$PGDATA.new" --username=postgres --auth=reject --encoding=UTF8 --data-checksums \
        --no-instructions "${locale[@]}" "${more[@]}" >/dev/null
    in_single_user_mode first_statements
    mv "$PGDATA.new" "$PGDATA"
    sync "$PGDATA" "$(dirname "$PGDATA")"
}

# The passwords of the database it was are not those of the database it becomes. An owner that did not exist then does now;
# looked up, since exit_on_error lets no block catch an error.
restored_statements() {
    local owner
    owner=$(as_identifier "$DATABASE_OWNER")
    printf 'ALTER ROLE postgres PASSWORD %s;\n\n' "$(as_literal "$ADMIN_VERIFIER")"
    printf 'DO $restored$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %s) THEN\n' "$(as_literal "$DATABASE_OWNER")"
    printf 'CREATE ROLE %s LOGIN; END IF; END $restored$;\n\n' "$owner"
    printf 'ALTER ROLE %s PASSWORD %s;\n\n' "$owner" "$(as_literal "$OWNER_VERIFIER")"
}

# "lsn 0/3000000", "time 2026-11-25 10:00:00.123456+00", "xid 7000", "name before-the-storm".
recovery_target() {
    local kind=${RESTORE_TARGET%% *} value=${RESTORE_TARGET#* }
    [[ "$kind" =~ ^(lsn|time|xid|name)$ && -n "$value" && "$value" != "$RESTORE_TARGET" ]] ||
        refuse "RESTORE_TARGET is not a kind (lsn, time, xid, name) and a value: $RESTORE_TARGET"
    printf 'recovery_target_%s=%s' "$kind" "$value"
}

# Postgres itself says in its pid file when it has been promoted.
is_promoted() {
    local lines=()
    ! [[ -e "$PGDATA.new/postmaster.pid" ]] || mapfile -t lines <"$PGDATA.new/postmaster.pid"
    [[ "${lines[7]:-}" == ready* ]]
}

# Whoever ends this script ends the program in its background first.
take_along() {
    child=$1
    trap 'kill -INT "$child" 2>/dev/null; wait "$child"; exit 0' TERM INT
}

pause() {
    local silence
    exec {silence}<> <(:)
    read -r -t "$1" -u "$silence" || true
    exec {silence}>&-
}

await_promotion() {
    local deadline=$((EPOCHSECONDS + ${RESTORE_LIMIT_SECONDS:-86400}))
    until is_promoted; do
        kill -0 "$1" 2>/dev/null || refuse "Postgres ended while it replayed the log"
        ((EPOCHSECONDS < deadline)) || {
            kill -INT "$1"
            refuse "the log did not reach $RESTORE_TARGET in time"
        }
        pause 0.1
    done
}

# Nobody can connect while it replays: it would be served a state that nobody has asked for. libpq takes the password from
# the environment, so that it is written nowhere.
replay_to_target() {
    local target sockets
    target=$(recovery_target)
    sockets=$(mktemp -d)
    touch "$PGDATA.new/standby.signal"
    PGPASSWORD=$RESTORE_PASSWORD postgres -D "$PGDATA.new" -c listen_addresses= -c "unix_socket_directories=$sockets" \
        -c ssl=off -c hot_standby=off -c archive_mode=off -c restore_command= -c logging_collector=off \
        -c log_destination=stderr -c "primary_conninfo=$RESTORE_SOURCE" -c primary_slot_name= \
        -c "recovery_target_timeline=${RESTORE_TIMELINE:-latest}" -c "$target" -c recovery_target_action=promote &
    take_along $!
    await_promotion "$child"
    kill -INT "$child"
    wait "$child" || refuse "Postgres did not stop after its promotion"
    trap 'exit 0' TERM INT
    rm -rf "$sockets"
}

# All of it happens beside the folder that counts: whatever ends it early, the next start begins anew.
restore_cluster() {
    [[ ! -e "$PGDATA/PG_VERSION" ]] || return 0
    require_variables ADMIN_VERIFIER DATABASE_OWNER OWNER_VERIFIER RESTORE_PASSWORD RESTORE_TARGET
    [[ ! -e "$PGDATA" ]] || rmdir "$PGDATA" || refuse "$PGDATA holds something that is not a Postgres cluster"
    rm -rf "$PGDATA.new"
    say "taking the cluster from the archive"
    PGPASSWORD=$RESTORE_PASSWORD pg_basebackup --dbname="$RESTORE_SOURCE" --pgdata="$PGDATA.new" --wal-method=none \
        --no-password --checkpoint=fast &
    take_along $!
    wait "$child" || refuse "the archive did not give the cluster"
    rm -f "$PGDATA.new"/{access,compute}.conf "$PGDATA.new"/parameters.*
    say "replaying up to $RESTORE_TARGET"
    replay_to_target
    in_single_user_mode restored_statements
    mv "$PGDATA.new" "$PGDATA"
    sync "$PGDATA" "$(dirname "$PGDATA")"
    say "the cluster is restored"
}

check_version() {
    local found
    read -r found <"$PGDATA/PG_VERSION"
    [[ "$found" == "$major" ]] || refuse "the data is of Postgres $found, this image runs $major"
}

certificate_is_good() {
    local renew_after=0
    [[ -s "$certificates/server.key" && -s "$certificates/server.crt" && -s "$certificates/renew-after" ]] || return 1
    read -r renew_after <"$certificates/renew-after"
    ((EPOCHSECONDS < renew_after))
}

# Self-signed on purpose: clients of ours bind the channel to it by SCRAM, which proves more than a name would.
ensure_certificate() {
    certificates=$mount/certs
    ! certificate_is_good || return 0
    say "making a TLS certificate"
    mkdir -p "$certificates"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days "$certificate_days" \
        -subj "/CN=${RAILWAY_PRIVATE_DOMAIN:-postgres}" -keyout "$certificates/key.new" -out "$certificates/crt.new" \
        2>/dev/null || refuse "openssl could not make a TLS certificate"
    mv "$certificates/key.new" "$certificates/server.key"
    mv "$certificates/crt.new" "$certificates/server.crt"
    printf '%s\n' "$((EPOCHSECONDS + renew_after_days * 24 * 3600))" >"$certificates/renew-after"
}

setting() {
    printf "%s = '%s'\n" "$1" "${2//\'/\'\'}"
}

# Ours come last, so that no parameter of the database's owner can open another door.
server_configuration() {
    printf '%s\n' '# Written at every start.' "include 'postgresql.conf'" "include 'parameters.conf'"
    setting listen_addresses "${LISTEN_ADDRESSES:-*}"
    setting port "${PGPORT:-5432}"
    setting unix_socket_directories ''
    setting hba_file "$PGDATA/access.conf"
    setting password_encryption scram-sha-256
    setting ssl on
    setting ssl_cert_file "$certificates/server.crt"
    setting ssl_key_file "$certificates/server.key"
    setting ssl_min_protocol_version TLSv1.2
    setting logging_collector off
    setting log_destination stderr
}

write_configuration() {
    printf 'hostssl %s all all scram-sha-256\n' all replication >"$PGDATA/access.conf"
    server_configuration >"$PGDATA/compute.conf"
}

# The parameters of the database's owner, in files in PGDATA:
#
#   parameters.conf     in force
#   parameters.start    those of the last start
#   parameters.good     those of the last start that came up
#   parameters.refused  those that could not be taken over, and in
#   parameters.said     what Postgres said to them: nothing, if it did not start

contents() {
    [[ ! -e "$PGDATA/$1" ]] || printf '%s\n' "$(<"$PGDATA/$1")"
}

# Fails, with Postgres' own words, when it would not read the file.
check_parameters() {
    postgres -D "$PGDATA" -c "config_file=$1" -c log_destination=stderr -c log_line_prefix= -c lc_messages=C \
        -C config_file 2>&1 >/dev/null
}

# From parameters.new into force. Those before stay when there is something wrong with one of them.
offer_parameters() {
    if check_parameters "$PGDATA/parameters.new" >"$PGDATA/parameters.said"; then
        rm -f "$PGDATA/parameters.refused"
        mv "$PGDATA/parameters.new" "$PGDATA/parameters.conf"
    else
        mv "$PGDATA/parameters.new" "$PGDATA/parameters.refused"
        return 1
    fi
}

# Has Postgres come to its data since the last start? It writes to this file when it begins to recover.
came_up() {
    [[ -e "$PGDATA/parameters.start" && "$PGDATA/global/pg_control" -nt "$PGDATA/parameters.start" ]]
}

take_parameters() {
    ! came_up || mv "$PGDATA/parameters.start" "$PGDATA/parameters.good"
    printf '%s\n' "${POSTGRES_PARAMETERS:-}" >"$PGDATA/parameters.new"
    offer_parameters || say "goes on with the parameters before: $(contents parameters.said)"
    touch "$PGDATA/parameters.conf"
    contents parameters.conf >"$PGDATA/parameters.start"
}

# Postgres has ended before it came to its data, and there are parameters to blame: back to the last ones that worked.
fall_back() {
    ! came_up || return 1
    [[ "$(contents parameters.start)" != "$(contents parameters.good)" ]] || return 1
    say "Postgres does not start with these parameters, so it gets the ones before"
    [[ -e "$PGDATA/parameters.refused" ]] || mv "$PGDATA/parameters.conf" "$PGDATA/parameters.refused"
    contents parameters.good >"$PGDATA/parameters.conf"
    contents parameters.conf >"$PGDATA/parameters.start"
}

reload_parameters() {
    local postmaster
    base64 -d >"$PGDATA/parameters.new"
    offer_parameters || return 0
    read -r postmaster <"$PGDATA/postmaster.pid"
    kill -HUP "$postmaster"
}

# Where setpriv exists, Postgres shuts down also when this script is killed.
start_postgres() {
    local command=(postgres -D "$PGDATA" -c "config_file=$PGDATA/compute.conf")
    if command -v setpriv >/dev/null; then
        exec setpriv --pdeathsig INT "${command[@]}"
    fi
    exec "${command[@]}"
}

# Waits on a pipe that nobody writes to: unlike sleep, that leaves no process behind when this shell is ended early.
insist_after() {
    local silence
    exec {silence}<> <(:)
    read -r -t "$1" -u "$silence" || kill -INT "$postmaster" 2>/dev/null
}

# Half of the draining time for clients to end by themselves (smart), the other half to end without them (fast).
# The signal may come more than once.
stop_postgres() {
    [[ "$asked_to_stop" == no ]] || return 0
    asked_to_stop=yes
    local patience=$((${RAILWAY_DEPLOYMENT_DRAINING_SECONDS:-60} / 2))
    say "stopping: no new clients, the present ones have $patience seconds"
    kill -TERM "$postmaster" 2>/dev/null || true
    insist_after "$patience" &
    timer=$!
}

run_postgres() {
    local status=0
    [[ "$asked_to_stop" == no ]] || return 0
    start_postgres &
    postmaster=$!
    trap stop_postgres TERM INT
    wait "$postmaster" || status=$?
    # A signal ends the wait, not Postgres.
    while kill -0 "$postmaster" 2>/dev/null; do
        status=0
        wait "$postmaster" || status=$?
    done
    say "Postgres ended with status $status"
    return "$status"
}

run() {
    local status=0
    asked_to_stop=no
    timer=''
    run_postgres || status=$?
    if ((status != 0)) && fall_back; then
        status=0
        run_postgres || status=$?
    fi
    [[ -z "$timer" ]] || kill "$timer" 2>/dev/null || true
    return "$status"
}

if [[ "${1:-}" == parameters ]]; then
    reload_parameters
    exit
fi
trap 'exit 0' TERM INT
check_volume
leave_root
find_major_version
if [[ -n "${RESTORE_SOURCE:-}" ]]; then
    restore_cluster
else
    create_cluster
fi
check_version
ensure_certificate
write_configuration
take_parameters
run
