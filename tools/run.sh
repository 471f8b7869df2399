#!/bin/sh
# Ingest, print the timeline, serve the UI; on the way out stop the store if this run started it.
set -u
chronograph="$BIN/chronograph"
was_running=$("$chronograph" db status --json 2>/dev/null | grep -c '"running": *true')

stop_store() {
    trap - EXIT INT TERM
    [ "$was_running" -gt 0 ] || "$chronograph" db stop >/dev/null 2>&1
}
trap stop_store EXIT
trap 'exit 130' INT TERM

"$chronograph" ingest "$1" || [ $? -eq 1 ] || exit $?
"$chronograph" timeline || exit $?
"$chronograph" serve
