#!/usr/bin/env bash
# demo.sh [reset]: builds what is missing or older than its sources, then becomes the demo city's server.
# When nothing changed since the last build it starts at once: no tool is asked for its version, no build
# system is woken. LISTEN names another address. `reset` deletes demo-data first, and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh
target=${CARGO_TARGET_DIR:-$PWD/target}
binary=$target/release/anlan
# The target folder may serve several clones; the mark says which one was built last.
mark=$target/release/.demo-built-from
data=demo-data
listen=${LISTEN:-127.0.0.1:8080}

if [ "${1:-}" = reset ] && [ -e "$data" ]; then
    # A server that still writes would bring half of the old city back.
    if (: <>"/dev/tcp/${listen%:*}/${listen##*:}") 2>/dev/null; then
        fail "$listen 正在使用, 请先停止演示" "$listen is in use, stop the demo first"
    fi
    rm -rf "$data"
    say '演示数据已清除, 重新生成' 'demo data deleted, starting over'
fi

# A deleted file makes its folder newer, so folders count too; what builds write is left out.
changed() {
    find crates data examples frontend Cargo.toml Cargo.lock \
        \( -name node_modules -o -name dist \) -prune -o -newer "$mark" ! -path frontend -print -quit
}
if [ ! -x "$binary" ] || [ "$(cat "$mark" 2>/dev/null)" != "$PWD" ] || [ -n "$(changed)" ]; then
    started=$SECONDS
    scripts/need.sh demo
    mkdir -p "$target/release"
    # The moment before the build: a file saved while it runs is newer than the mark.
    printf '%s\n' "$PWD" >"$mark.new"
    scripts/frontend.sh
    say '编译程序, 首次约需数分钟' 'compiling, the first time takes minutes'
    cargo build --release --locked -p anlan --target-dir "$target"
    mv "$mark.new" "$mark"
    say "构建完成, 用时 $((SECONDS - started)) 秒" "built in $((SECONDS - started)) s"
fi
exec "$binary" demo --data "$data" --listen "$listen"
