import type { Command, Family } from '../command.ts'
import { APP, YES } from '../flags.ts'
import { env } from './env.ts'
import { save } from './save.ts'
import { show } from './show.ts'
import { validate } from './validate.ts'

const shown: Command = {
  flags: { ...APP, local: { kind: 'yes-no' }, toml: { kind: 'yes-no' }, yaml: { kind: 'yes-no' } },
  run: show,
}

export const CONFIG: Family = {
  validate: { flags: { ...APP, strict: { kind: 'yes-no', short: 's' } }, run: validate },
  show: shown,
  display: shown,
  env: { flags: APP, run: env },
  save: { flags: { ...APP, ...YES, json: { kind: 'yes-no' }, yaml: { kind: 'yes-no' } }, run: save },
}
