import { listensOn } from '../machines/program.ts'
import type { Machine } from '../world/types.ts'

/**
 * Commands that must answer for the machine, not for this computer: what it is called, and what its program says on its
 * own port. Anything else `curl` is asked goes to the real one.
 */
export const shims = (machine: Machine): Record<string, string> => ({
  hostname: `#!/bin/sh\necho ${machine.id}\n`,
  curl: `#!/bin/sh
for word in "$@"; do
  case \${word#http://} in
    localhost|localhost:*|localhost/*|127.0.0.1|127.0.0.1:*|127.0.0.1/*|'[::1]'*) address=\${word#http://} ;;
  esac
done
if [ -z "$address" ]; then
  PATH=\${PATH#*:}
  exec curl "$@"
fi
host=\${address%%/*}
port=\${host##*:}
[ "$port" = "$host" ] && port=80
if [ "$port" = ${listensOn(machine)} ]; then
  echo '{"status":"ok","machine":"${machine.id}"}'
else
  echo "curl: (7) Failed to connect to $host port $port: Connection refused" >&2
  exit 7
fi
`,
})
