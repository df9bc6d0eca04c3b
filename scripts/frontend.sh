#!/usr/bin/env bash
# frontend.sh [check]: builds frontend/dist, which the binary carries inside. With `check` the types are
# checked as well. An unchanged front end is left alone: new files there would compile the crate web again.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh
scripts/npm-current.sh frontend

sources=$(find frontend \( -name node_modules -o -name dist \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
mark=frontend/node_modules/.built-from
done_with() { [ -f "$mark.$1" ] && [ "$(cat "$mark.$1")" = "$sources" ]; }

if [ "${1:-}" = check ] && ! done_with check; then
    say '检查前端类型' 'checking types'
    npm --prefix frontend run --silent check
    printf '%s\n' "$sources" >"$mark.check"
fi
if [ -d frontend/dist ] && done_with build; then
    say '前端无变化' 'front end unchanged'
else
    say '构建前端' 'building the front end'
    npm --prefix frontend run --silent build
    printf '%s\n' "$sources" >"$mark.build"
fi
