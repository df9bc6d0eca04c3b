# How the scripts speak: Chinese first, English beside it, and signs of life while something takes long.
# Sourced by the other scripts, never run. Everything goes to stderr, so that what a script prints on
# stdout stays an answer.

# say 中文 English
say() { printf '%s  %s\n' "$1" "$2" >&2; }

# fail 中文 English: says it and ends the script.
fail() {
    say "错误: $1" "error: $2"
    exit 1
}

# patiently 中文 English COMMAND…: for commands that are silent for long. Shows the seconds passing, keeps
# the output to itself and hands it out only when the command fails.
patiently() {
    local log beat started=$SECONDS code=0
    say "$1 …" "$2 …"
    shift 2
    log=$(mktemp)
    # The beat looks whether its script still lives: an interrupted script must not leave it counting.
    (
        while sleep 2 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
            if [ -t 2 ]; then printf '\r  %d s ' $((SECONDS - started)) >&2
            elif (((SECONDS - started) % 10 < 2)); then printf '  … %d s\n' $((SECONDS - started)) >&2; fi
        done
    ) &
    beat=$!
    "$@" >"$log" 2>&1 </dev/null || code=$?
    kill "$beat" 2>/dev/null || true
    wait "$beat" 2>/dev/null || true
    [ ! -t 2 ] || printf '\r' >&2
    [ "$code" = 0 ] || cat "$log" >&2
    rm -f "$log"
    return "$code"
}
