import { listensOn } from '../machines/program.ts'
import type { Machine } from '../world/types.ts'

/**
 * Commands that must answer for the machine, not for this computer: what it is called, and what its program says on its
 * own port right now. Anything else `curl` is asked goes to the real one.
 */
export const shims = (machine: Machine): Record<string, string> => ({
  hostname: `#!/bin/sh\necho ${machine.id}\n`,
  curl: `#!/bin/sh
patience=3600
for word in "$@"; do
  case $before in -m|--max-time) patience=$word ;; esac
  case $word in
    --fail|--fail-*) fail=yes ;;
    --*) ;;
    -*f*) fail=yes ;;
  esac
  case \${word#http://} in
    localhost|localhost:*|localhost/*|127.0.0.1|127.0.0.1:*|127.0.0.1/*|'[::1]'*) address=\${word#http://} ;;
  esac
  before=$word
done
if [ -z "$address" ]; then
  PATH=\${PATH#*:}
  exec curl "$@"
fi
host=\${address%%/*}
path=\${address#"$host"}
path=/\${path#/}
port=\${host##*:}
[ "$port" = "$host" ] && port=80
if [ "$port" != ${listensOn(machine)} ]; then
  echo "curl: (7) Failed to connect to $host port $port: Connection refused" >&2
  exit 7
fi
${machine.hang?.hung ? HANGS : ''}
case $path in
  /api/health*) echo '{"status":"ok","machine":"${machine.id}"}' ;;
  /|/\\?*) echo '<!doctype html><title>${machine.app}</title><p>${machine.app} is running.</p>' ;;
  *)
    [ -z "$fail" ] && { echo "Cannot GET $path"; exit 0; }
    echo "curl: (22) The requested URL returned error: 404" >&2
    exit 22 ;;
esac
`,
})

/** The program has taken the connection and says nothing. */
const HANGS = `sleep "$patience"
echo "curl: (28) Operation timed out after $patience seconds with 0 bytes received" >&2
exit 28`
