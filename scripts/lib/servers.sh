# shellcheck shell=bash
# Functions that start and stop private MariaDB and Redis servers, for scripts/up and for tests. Source it.
#
#   start_mariadb DIR [option…]   DIR/mariadb.sock, no TCP unless an option --port=N is given; user root, no password
#   stop_mariadb DIR              TERM, then KILL after 30 s; nothing when it does not run
#   kill_mariadb DIR              KILL, as when the machine loses power
#   wait_mariadb DIR [seconds]    until it answers
#   start_redis DIR [option…]     DIR/redis.sock, no TCP unless --port N is given; keeps nothing on disk
#                                 SHANHAI_REDIS_PASSWORD_FILE names the file of its password, if it shall ask for one
#   stop_redis DIR, kill_redis DIR, wait_redis DIR [seconds]
#   server_socket DIR NAME        where the socket is; elsewhere when DIR's path is too long for a socket
#   port_is_free PORT, free_port
#
# They say on standard error what went wrong and return 1. A server is found by its working directory,
# so that one which outlived its starter is found as well, and no other process ever is.

complain() { echo "$*" >&2; }

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A free loopback port below those that the kernel gives to clients.
free_port() {
    local port
    for _ in {1..100}; do
        port=$((20000 + RANDOM % 12000))
        if port_is_free "$port"; then
            echo "$port"
            return 0
        fi
    done
    complain "no free port between 20000 and 32000 on 127.0.0.1"
    return 1
}

# The kernel takes at most 107 bytes.
server_socket() {
    local path="$1/$2.sock" folder
    if ((${#path} <= 100)); then
        echo "$path"
        return
    fi
    folder="${TMPDIR:-/tmp}/shanhai-$(id -u)-$(printf %s "$1" | cksum | cut -d' ' -f1)"
    (umask 077 && mkdir -p "$folder") && echo "$folder/$2.sock"
}

# server_pids FOLDER NAME: processes that work in FOLDER and whose program's name holds NAME.
server_pids() {
    local process program
    for process in /proc/[0-9]*; do
        if [[ $process/cwd -ef $1 ]]; then
            program=$(readlink "$process/exe") || continue
            [[ ${program##*/} == *$2* ]] && echo "${process##*/}"
        fi
    done
    return 0
}

# signal_server FOLDER NAME SIGNAL SECONDS: sends a signal and waits until nobody is left.
signal_server() {
    local pids pass
    pids=$(server_pids "$1" "$2")
    [[ -z $pids ]] && return 0
    # shellcheck disable=SC2086
    kill "-$3" $pids 2>/dev/null
    for ((pass = 0; pass < $4 * 20; ++pass)); do
        [[ -z $(server_pids "$1" "$2") ]] && return 0
        sleep 0.05
    done
    return 1
}

# explain_death NAME LOG FOLDER
explain_death() {
    local free_kib
    complain "$1 failed. What $2 says:"
    { grep -i "error" "$2" || tail -n 15 "$2"; } | tail -n 15 >&2
    free_kib=$(df -k --output=avail "$3" | tail -n 1)
    if ((free_kib < 131072)); then
        complain "The disk is full: $((free_kib / 1024)) MiB are left where $3 is; at least 128 are needed."
    elif grep -q -i "address already in use" "$2"; then
        complain "Another program uses its port."
    fi
}

option_port() { # The port among the options --port=N or --port N, if any.
    local before='' option
    for option in "$@"; do
        if [[ $option == --port=* ]]; then
            echo "${option#--port=}"
        elif [[ $before == --port ]]; then
            echo "$option"
        fi
        before=$option
    done
}

refuse_busy_port() {
    local name=$1 port
    shift
    port=$(option_port "$@")
    if [[ -n $port && $port != 0 ]] && ! port_is_free "$port"; then
        complain "$name cannot start: port $port on 127.0.0.1 is used by another program."
        return 1
    fi
}

# keep_log FILE: a new one begins, and the last four stay: why a server died stands in the log of before.
keep_log() {
    local number
    for number in 3 2 1; do
        [[ -s $1.$number ]] && mv "$1.$number" "$1.$((number + 1))"
    done
    [[ -s $1 ]] && mv "$1" "$1.1"
    : >"$1"
}

mariadb_user_option() { [[ $(id -u) == 0 ]] && echo "--user=root"; }

# A data directory appears as a whole or not at all.
make_mariadb_data() {
    local dir=$1
    [[ -d $dir/data ]] && return 0
    rm -rf "$dir/data.new"
    # A folder of its own for what is temporary: a server that starts removes what others have in a shared one.
    # shellcheck disable=SC2046
    if ! TMPDIR="$dir/tmp" mariadb-install-db --no-defaults --datadir="$dir/data.new" $(mariadb_user_option) --skip-test-db \
        --auth-root-authentication-method=normal --skip-name-resolve --innodb-log-file-size=16M \
        --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --innodb-fast-shutdown=1 \
        >"$dir/install.log" 2>&1; then
        explain_death "Making MariaDB's data directory" "$dir/install.log" "$dir"
        rm -rf "$dir/data.new"
        return 1
    fi
    mv "$dir/data.new" "$dir/data"
}

wait_mariadb() {
    local dir=$1 limit=${2:-60} socket pass
    socket=$(server_socket "$dir" mariadb)
    for ((pass = 0; pass < limit * 20; ++pass)); do
        if mariadb --no-defaults --socket="$socket" --user=root --connect-timeout=2 -e "SELECT 1" \
            >/dev/null 2>&1; then
            return 0
        fi
        # It changes into its data directory a moment after it begins.
        if ((pass > 40)) && [[ -z $(server_pids "$dir/data" mariadbd) ]]; then
            return 1
        fi
        sleep 0.05
    done
    complain "MariaDB in $dir did not answer within $limit s."
    return 1
}

start_mariadb() {
    local dir socket network=--skip-networking
    mkdir -p "$1/tmp" || return 1
    dir=$(cd "$1" && pwd)
    shift
    socket=$(server_socket "$dir" mariadb)
    [[ -n $(server_pids "$dir/data" mariadbd) ]] && { wait_mariadb "$dir"; return; }
    refuse_busy_port MariaDB "$@" || return 1
    make_mariadb_data "$dir" || return 1
    [[ -n $(option_port "$@") ]] && network=--bind-address=127.0.0.1
    keep_log "$dir/mariadb.log"
    # shellcheck disable=SC2046
    LD_PRELOAD=${SHANHAI_PRELOAD:-${LD_PRELOAD:-}} setsid mariadbd --no-defaults --datadir="$dir/data" --socket="$socket" --pid-file="$dir/mariadb.pid" \
        --tmpdir="$dir/tmp" --log-error="$dir/mariadb.log" $(mariadb_user_option) "$network" --skip-name-resolve \
        --character-set-server=utf8mb4 --innodb-flush-log-at-trx-commit=1 --performance-schema=OFF \
        --innodb-buffer-pool-size=64M --innodb-log-buffer-size=4M --innodb-log-file-size=64M --key-buffer-size=1M \
        --aria-pagecache-buffer-size=1M --max-connections=200 --max-allowed-packet=16M "$@" \
        >>"$dir/mariadb.log" 2>&1 </dev/null &
    disown
    if ! wait_mariadb "$dir"; then
        explain_death "Starting MariaDB" "$dir/mariadb.log" "$dir"
        return 1
    fi
}

stop_mariadb() { signal_server "$1/data" mariadbd TERM 30 || kill_mariadb "$1"; }
kill_mariadb() { signal_server "$1/data" mariadbd KILL 10; }

# Debian's redis-tools holds the server under another name: the program looks at what it was called.
redis_program() { command -v redis-server || command -v redis-check-rdb; }

redis_answers() {
    local password=
    [[ -e $1/redis.conf ]] && password=$(sed -n 's/^requirepass //p' "$1/redis.conf")
    [[ $(REDISCLI_AUTH=$password redis-cli -s "$(server_socket "$1" redis)" ping 2>/dev/null) == PONG ]]
}

# Its password lies in a file that only we can read, not on a command line that everybody can.
write_redis_configuration() {
    (umask 077 && : >"$1.new") || return 1
    if [[ -n ${SHANHAI_REDIS_PASSWORD_FILE:-} ]]; then
        echo "requirepass $(<"$SHANHAI_REDIS_PASSWORD_FILE")" >"$1.new" || return 1
    fi
    mv "$1.new" "$1"
}

wait_redis() {
    local dir=$1 limit=${2:-20} pass
    for ((pass = 0; pass < limit * 20; ++pass)); do
        redis_answers "$dir" && return 0
        if ((pass > 40)) && [[ -z $(server_pids "$dir/redis" redis) ]]; then
            return 1
        fi
        sleep 0.05
    done
    complain "Redis in $dir did not answer within $limit s."
    return 1
}

start_redis() {
    local dir
    mkdir -p "$1/redis" || return 1
    dir=$(cd "$1" && pwd)
    shift
    # One of before that asks for no password makes way; it holds nothing that is not elsewhere.
    if [[ -n ${SHANHAI_REDIS_PASSWORD_FILE:-} ]] && ! grep -q '^requirepass ' "$dir/redis.conf" 2>/dev/null; then
        stop_redis "$dir"
    fi
    [[ -n $(server_pids "$dir/redis" redis) ]] && { wait_redis "$dir"; return; }
    refuse_busy_port Redis "$@" || return 1
    keep_log "$dir/redis.log"
    write_redis_configuration "$dir/redis.conf" || return 1
    # shellcheck disable=SC2016
    setsid bash -c 'exec -a redis-server "$0" "$@"' "$(redis_program)" "$dir/redis.conf" --dir "$dir/redis" \
        --unixsocket "$(server_socket "$dir" redis)" --unixsocketperm 700 --bind 127.0.0.1 --port 0 --save "" \
        --appendonly no --daemonize no "$@" >>"$dir/redis.log" 2>&1 </dev/null &
    disown
    if ! wait_redis "$dir"; then
        explain_death "Starting Redis" "$dir/redis.log" "$dir"
        return 1
    fi
}

stop_redis() { signal_server "$1/redis" redis TERM 10 || kill_redis "$1"; }
kill_redis() { signal_server "$1/redis" redis KILL 10; }
