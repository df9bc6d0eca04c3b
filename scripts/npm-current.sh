#!/usr/bin/env bash
# npm-current.sh DIR: node_modules as DIR's lock file says. Installs only when the lock file or the version
# of Node changed since the last time; never changes the lock file.
set -euo pipefail
. "$(dirname "$0")/say.sh"
cd "$1"
want=$({ cat package-lock.json && node --version; } | sha256sum)
mark=node_modules/.installed-from
if [ -f "$mark" ] && [ "$(cat "$mark")" = "$want" ]; then
    say "$1: 依赖无变化" "dependencies unchanged"
    exit 0
fi
patiently "$1: 安装前端依赖 (npm ci)" 'installing packages (npm ci)' npm ci --no-audit --no-fund
mkdir -p node_modules
printf '%s\n' "$want" >"$mark"
