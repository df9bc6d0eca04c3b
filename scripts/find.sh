#!/usr/bin/env bash
# find.sh postgres | chromium: prints where it is, or fails without a word (the caller knows what it is for).
# postgres: the folder with initdb, pg_ctl and postgres, the newest of version 14 or later.
# chromium: the browser's path; ANLAN_CHROMIUM names another one.
set -euo pipefail

find_postgres() {
    local dir version best='' best_version=13 folders=(/usr/lib/postgresql/*/bin /usr/pgsql-*/bin)
    folders+=("$(dirname "$(command -v postgres || echo /nowhere/postgres)")")
    for dir in "${folders[@]}"; do
        [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ] && [ -x "$dir/postgres" ] || continue
        version=$("$dir/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
        if [ "$version" -gt "$best_version" ]; then best=$dir best_version=$version; fi
    done
    [ -n "$best" ] && printf '%s\n' "$best"
}

find_chromium() {
    local name
    for name in ${ANLAN_CHROMIUM:-chromium chromium-browser google-chrome google-chrome-stable}; do
        if type -P "$name"; then return; fi
    done
    return 1
}

case ${1:-} in
    postgres | chromium) "find_$1" ;;
    *) echo "find.sh postgres | chromium" >&2 && exit 2 ;;
esac
