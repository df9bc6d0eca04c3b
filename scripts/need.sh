#!/usr/bin/env bash
# need.sh demo | test: is everything here that the demo, or the tests, are built and run with?
# What Debian packages can bring is installed when root, otherwise the exact line to run is printed and the
# script fails. Rust and Node are only named: their versions in distributions are too old, and a toolchain
# is its owner's decision. Chinese fonts alone do not stop the demo of an ordinary user, since a browser on
# another desk may have them. Nothing is downloaded from anywhere but the system's own package sources.
set -euo pipefail
cd "$(dirname "$0")"
. ./say.sh
what=${1:-}
case $what in demo | test) ;; *) echo "need.sh demo | test" >&2 && exit 2 ;; esac

RUST=1.95 NODE=20
tools=()    # lines about tools the owner has to install
packages=() # Debian packages
reasons=()  # what each package is for
soft=1      # stays 1 while nothing but fonts is missing

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
version_of() { "$@" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1 || true; }

tool() { # tool NAME MINIMUM 中文 English COMMAND…
    local name=$1 minimum=$2 chinese=$3 english=$4 found
    shift 4
    found=$(version_of "$@")
    if [ -z "$found" ]; then
        tools+=("$name ≥ $minimum: 未安装, $chinese  not installed, $english")
    elif ! at_least "$minimum" "$found"; then
        tools+=("$name ≥ $minimum: 现为 $found, $chinese  found $found, $english")
    fi
}

package() { # package NAMES 中文 English
    packages+=("$1")
    reasons+=("$1: $2  $3")
}

look() {
    tools=() packages=() reasons=() soft=1
    tool Rust "$RUST" '见 https://rustup.rs 或 rustup update stable' 'see https://rustup.rs or run rustup update stable' rustc
    tool cargo "$RUST" '随 Rust 安装' 'comes with Rust' cargo
    tool Node "$NODE" '见 https://nodejs.org' 'see https://nodejs.org' node
    tool npm 9 '随 Node 安装' 'comes with Node' npm
    if [ "$what" = test ]; then
        tool rustfmt 1 'rustup component add rustfmt' 'rustup component add rustfmt' cargo fmt
        tool clippy 0.1 'rustup component add clippy' 'rustup component add clippy' cargo clippy
    fi
    if ! command -v cc >/dev/null; then
        soft=0
        package build-essential '编译内置 SQLite' 'compiles the built-in SQLite'
    fi
    if [ "$what" = test ]; then
        if ! ./find.sh postgres >/dev/null; then
            soft=0
            package postgresql 'PostgreSQL ≥ 14, 第二种数据库的测试' 'PostgreSQL ≥ 14, tests on the second engine'
        fi
        if ! command -v python3 >/dev/null; then
            soft=0
            package python3 '局外人的存证校验程序' 'the stranger'"'"'s check of proofs (check-proof.py)'
        fi
        if ! ./find.sh chromium >/dev/null; then
            soft=0
            package chromium '浏览器全程测试' 'journeys in a real browser'
        fi
    fi
    if ! command -v fc-list >/dev/null || [ -z "$(fc-list :lang=zh-cn family)" ]; then
        package 'fontconfig fonts-noto-cjk' '中文字体' 'Chinese fonts'
    fi
}

install() {
    export DEBIAN_FRONTEND=noninteractive
    # Split on purpose: an entry may name two packages.
    # shellcheck disable=SC2068
    set -- ${packages[@]}
    patiently '更新软件包目录' 'updating the package index' apt-get update -q ||
        fail '软件包目录更新失败, 请检查网络或软件源' 'the package index could not be updated, check network and sources'
    patiently "安装 $*" "installing $*" apt-get install -q -y --no-install-recommends "$@" ||
        fail "安装失败: $*" "could not install: $*"
}

look
for line in ${tools[@]+"${tools[@]}"} ${reasons[@]+"${reasons[@]}"}; do say "缺少 missing" "$line"; done
[ ${#packages[@]} = 0 ] || [ ${#tools[@]} = 0 ] || [ "$(id -u)" != 0 ] ||
    say '先装好上述工具, 软件包随后自动安装' 'install the tools first, packages follow by themselves'
[ ${#tools[@]} = 0 ] || fail '工具不全' 'tools are missing'
[ ${#packages[@]} -gt 0 ] || exit 0

command -v apt-get >/dev/null || fail '本机不是 Debian 系, 请用系统自己的方式安装上述软件' 'no apt-get here: install these the way your system does'
if [ "$(id -u)" != 0 ]; then
    say '请运行:' 'please run:'
    printf '  sudo apt-get update && sudo apt-get install -y --no-install-recommends %s\n' "${packages[*]}" >&2
    if [ "$what" = demo ] && [ "$soft" = 1 ]; then exit 0; fi
    fail '软件包不全' 'packages are missing'
fi
install
look
[ ${#packages[@]} = 0 ] || fail "安装后仍缺少: ${packages[*]}" "still missing after installation: ${packages[*]}"
