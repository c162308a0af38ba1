#!/usr/bin/env bash
# What Railway's own Postgres image does, as far as a client or a platform can tell: its start script stays the first process,
# never passes a signal on, and ends with Postgres' own status.
set -euo pipefail
umask 077

# As the first process of a container: a signal that it does not handle does nothing.
trap ':' TERM

mount=${RAILWAY_VOLUME_MOUNT_PATH:?no volume is attached}
[[ $PGDATA == "$mount"/?* ]] || { echo "PGDATA is not below the volume" >&2; exit 1; }

# A root of its own and a certificate for "localhost", whatever the host is called.
make_certificate() {
    certs=$mount/certs
    [[ ! -s $certs/server.crt ]] || return 0
    mkdir -p "$certs"
    openssl req -new -x509 -days 820 -nodes -subj /CN=root-ca -keyout "$certs/root.key" -out "$certs/root.crt"
    openssl req -new -nodes -subj /CN=localhost -keyout "$certs/server.key" -out "$certs/server.csr"
    openssl x509 -req -days 820 -in "$certs/server.csr" -CA "$certs/root.crt" -CAkey "$certs/root.key" -CAcreateserial \
        -extfile <(echo subjectAltName=DNS:localhost) -out "$certs/server.crt"
} 2>/dev/null

make_cluster() {
    [[ ! -s $PGDATA/PG_VERSION ]] || return 0
    # shellcheck disable=SC2086 # Several words on purpose.
    initdb --pgdata="$PGDATA" --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") \
        --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 ${INITDB_OPTIONS:-} >/dev/null
    echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
    printf "ssl = on\nssl_cert_file = '%s'\nssl_key_file = '%s'\n" "$certs/server.crt" "$certs/server.key" \
        >>"$PGDATA/postgresql.conf"
    printf 'CREATE DATABASE %s;\n' "$POSTGRES_DB" | postgres --single -j -D "$PGDATA" postgres >/dev/null
}

make_certificate
make_cluster
postgres -D "$PGDATA" -p "$PGPORT" -c listen_addresses="$LISTEN_ADDRESSES" -c unix_socket_directories=''
