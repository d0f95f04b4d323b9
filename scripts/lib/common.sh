# What every script here begins with. Source it; it moves to the top of the checkout.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
var=${SHANHAI_VAR:-$root/var}
preset=${SHANHAI_PRESET:-release}

# The names of all services, in the order in which they start.
services() { grep -v '^#' "$root/services/services.txt"; }

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
die() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# Prints the comment at the head of a script as its help.
show_help() {
    awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$1"
    exit 0
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "This needs root to install packages: become root, or install sudo, and run it again."
    fi
}

# need_space FOLDER MEGABYTES: a full disk is told now, not halfway.
need_space() {
    mkdir -p "$1"
    local free
    free=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$2" ] || die "There are only $free MB free on the disk of $1; $2 MB are needed. Free some and run this again."
}

# need_node_modules FOLDER: what its lock file names, unless that is there already.
need_node_modules() {
    [ -e "$1/node_modules/.package-lock.json" ] && [ ! "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ] ||
        npm --prefix "$1" ci --no-audit --no-fund --loglevel=error
}

# wait_until SECONDS COMMAND…: polls until the command succeeds.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $deadline ] || return 1
        sleep 0.1
    done
}

# alive PIDFILE: whether the process that wrote it still runs.
alive() { [ -s "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }

# stop_process PIDFILE SECONDS: SIGTERM, then SIGKILL after the grace period.
stop_process() {
    alive "$1" || { rm -f "$1"; return 0; }
    local pid
    pid=$(cat "$1")
    kill "$pid" 2>/dev/null || true
    wait_until "$2" dead "$pid" || kill -9 "$pid" 2>/dev/null || true
    rm -f "$1"
}
dead() { ! kill -0 "$1" 2>/dev/null; }
