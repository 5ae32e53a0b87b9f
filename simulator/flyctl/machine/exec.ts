import { field, text } from '../api.ts'
import type { Context } from '../context.ts'
import { pick } from '../go/pick.ts'
import { nonInteractive } from '../prompt.ts'
import { pathOf } from './machine.ts'
import { selectMachines } from './select.ts'

/** The exit code of the command is printed; that of flyctl stays 0. */
export async function exec(context: Context): Promise<void> {
  const { flags, api, stdout, json } = context
  const [id, cmd] = flags.rest
  if (id === undefined || cmd === undefined) throw nonInteractive('a machine ID')
  const [machine] = await selectMachines(context, [id])
  if (!machine) throw nonInteractive('a machine ID')
  const answer = await api.get({
    service: 'flaps',
    method: 'POST',
    path: `${pathOf(machine)}/exec`,
    body: { cmd, container: flags.text('container') ?? '', timeout: flags.number('timeout') ?? 0 },
    failing: `could not exec command on machine ${id}: failed to exec on VM ${id}`,
  })
  if (flags.on('json')) return json(pick(answer, ['exit_code', 'stdout', 'stderr']))
  const code = field(answer, 'exit_code')
  if (typeof code === 'number' && code !== 0) stdout(`Exit code: ${code}`)
  const said = text(answer, 'stdout')
  if (said !== undefined) stdout(said.replace(/\n$/, ''))
  const complained = text(answer, 'stderr')
  if (complained !== undefined) context.stderr(complained.replace(/\n$/, ''))
}
