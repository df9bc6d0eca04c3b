#!/usr/bin/env bash
# test.sh [PART…]: every check there is, or the parts named, in this order:
#   need format web clippy rust generated journeys
# The first part that fails ends the run, and the table at the end says what ran, how long, and what did
# not. A part that cannot run fails; none is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh
target=${CARGO_TARGET_DIR:-$PWD/target}
export CARGO_TARGET_DIR=$target

need() { scripts/need.sh test; }
format() { cargo fmt --all --check; }
web() { scripts/frontend.sh check; }
clippy() { cargo clippy --locked --workspace --all-targets -- -D warnings; }
rust() {
    if cargo nextest --version >/dev/null 2>&1; then
        scripts/with-postgres.sh cargo nextest run --locked --workspace --no-fail-fast
    else
        say '未装 cargo-nextest, 改用 cargo test' 'no cargo-nextest here, running cargo test'
        scripts/with-postgres.sh cargo test --locked --workspace --all-targets --no-fail-fast
    fi
    cargo test --locked --workspace --doc
}
generated() { cargo run --locked --quiet -p xtask -- generate --check; }
journeys() {
    scripts/npm-current.sh e2e
    cargo build --locked --workspace --bins
    ANLAN_BINARY=$target/debug/anlan ANLAN_CHROMIUM=$(scripts/find.sh chromium) \
        scripts/with-postgres.sh npm --prefix e2e run --silent test
}

parts=(need format web clippy rust generated journeys)
declare -A title=(
    [need]='环境 tools and packages' [format]='格式 format' [web]='前端 front end' [clippy]='静态检查 clippy'
    [rust]='单元、用例、接口与页面测试 Rust tests, both engines' [generated]='生成文件是否最新 generated files are current'
    [journeys]='浏览器全程测试 journeys in a real browser'
)
chosen=("${@:-${parts[@]}}")
for part in "${chosen[@]}"; do
    [ -n "${title[$part]:-}" ] || fail "没有这一部分: $part" "no such part: $part (${parts[*]})"
done

declare -A took=()
current=''
summary() {
    local code=$? part
    printf '\n' >&2
    for part in "${chosen[@]}"; do
        if [ -n "${took[$part]:-}" ]; then printf '  %5s s  通过 passed   %s\n' "${took[$part]}" "${title[$part]}" >&2
        elif [ "$part" = "$current" ]; then printf '  %5s s  失败 failed   %s\n' $((SECONDS - started)) "${title[$part]}" >&2
        else printf '      -    未运行 not run  %s\n' "${title[$part]}" >&2; fi
    done
    printf '  %5s s  合计 total\n' "$SECONDS" >&2
    exit "$code"
}
trap summary EXIT

for part in "${chosen[@]}"; do
    current=$part started=$SECONDS
    printf '\n[%d s] == %s\n' "$SECONDS" "${title[$part]}" >&2
    # A subshell with errexit of its own: called in a condition, a function would run on after an error.
    (
        set -e
        "$part"
    )
    took[$part]=$((SECONDS - started))
done
current=''
