#!/bin/sh
# Waits until the stand-in's main process is gone. If that did not say "done" before, cleans up after it.
# usage: reaper.sh PROFILE PID
IFS= read -r word
[ "$word" = done ] && exit 0
kill -KILL "$2" 2>/dev/null
# Chromium's other processes follow it, but may still write for a moment.
quiet=0
while [ $quiet -lt 4 ]; do
  sleep 0.5
  if [ -e "$1" ]; then quiet=0; else quiet=$((quiet + 1)); fi
  rm -rf "$1"
done
