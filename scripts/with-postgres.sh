#!/usr/bin/env bash
# with-postgres.sh COMMAND…: runs the command beside a PostgreSQL of its own and returns its exit code.
# The cluster is thrown away in every case, also when this script is killed. The command finds it in
# ANLAN_TEST_POSTGRES (a superuser, so that each test may create its database), and the client programs of
# the same version in PATH. Several may run at once. Nothing here is durable or secret: never for real data.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/say.sh"
[ $# -gt 0 ] || { echo "with-postgres.sh COMMAND…" >&2 && exit 2; }
bin=$("$here/find.sh" postgres) || fail '未找到 PostgreSQL ≥ 14 的服务程序 (scripts/need.sh test)' 'no PostgreSQL server ≥ 14 found (scripts/need.sh test)'

# PostgreSQL refuses to run as root.
as=() user=''
if [ "$(id -u)" = 0 ]; then
    for user in postgres nobody; do ! id -u "$user" >/dev/null 2>&1 || break; done
    as=(runuser -u "$user" --)
fi
# The database's user may stand in no folder of ours, and settings of the caller's own clusters are not meant.
run() { (cd / && env -u PGDATA -u PGPORT -u PGHOST -u PGOPTIONS LC_ALL=C "${as[@]}" "$@"); }

# A folder that this user can write to, with a path short enough for a socket name (107 bytes).
dir=''
for base in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    [ ${#base} -le 70 ] && [ -d "$base" ] || continue
    dir=$(mktemp -d "$base/anlan-pg.XXXXXX" 2>/dev/null) || { dir='' && continue; }
    [ -z "$user" ] || chown "$user" "$dir"
    if run test -w "$dir/."; then break; fi
    rmdir "$dir"
    dir=''
done
[ -n "$dir" ] || fail '没有可用的临时目录 (TMPDIR)' 'no usable temporary folder (TMPDIR)'

guard=''
clear_away() {
    trap '' INT TERM HUP
    [ -z "$guard" ] || kill "$guard" 2>/dev/null || true
    [ ! -f "$dir/data/postmaster.pid" ] || run "$bin/pg_ctl" stop -D "$dir/data" -m immediate -s || true
    rm -rf "$dir"
}
trap clear_away EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

run "$bin/initdb" -D "$dir/data" -U anlan -A trust -E UTF8 --locale=C --no-sync --no-instructions >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log" >&2 && fail '测试数据库初始化失败' 'initdb failed'; }
run tee -a "$dir/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$dir'
max_connections = 200
shared_buffers = 32MB
fsync = off
full_page_writes = off
synchronous_commit = off
max_parallel_workers_per_gather = 0
lc_messages = 'C'
CONF

# The port is tried, not asked for: between asking and binding another cluster could take it. The range lies
# below the one from which outgoing connections get theirs.
log=$dir/postgres.log port=''
for _ in $(seq 20); do
    port=$((20000 + RANDOM % 10000))
    if run "$bin/pg_ctl" start -D "$dir/data" -w -s -t 60 -l "$log" -o "-p $port" 2>/dev/null; then break; fi
    if ! run grep -q 'Address already in use' "$log"; then
        run cat "$log" >&2 || true
        fail '测试数据库启动失败' 'PostgreSQL did not start'
    fi
    run rm -f "$log"
    port=''
done
[ -n "$port" ] || fail '没有空闲端口' 'no free port'

# A killed script runs no trap; this guard outlives it and clears away instead.
setsid bash -c '
    me=$1 bin=$2 dir=$3; shift 3
    while kill -0 "$me" 2>/dev/null; do sleep 1; done
    cd / && "$@" "$bin/pg_ctl" stop -D "$dir/data" -m immediate -s; rm -rf "$dir"
' guard $$ "$bin" "$dir" "${as[@]}" </dev/null >/dev/null 2>&1 &
guard=$!

export ANLAN_TEST_POSTGRES="postgres://anlan@127.0.0.1:$port/postgres" PATH="$bin:$PATH"
code=0
"$@" || code=$?
exit "$code"
