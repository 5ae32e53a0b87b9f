import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { writeSecrets } from '../secrets/secrets.ts'
import { appNode } from './app-node.ts'
import type { Context } from './context.ts'

interface SetSecrets {
  input: { appId: string; secrets: { key: string; value: string }[]; replaceAll?: boolean | null }
}
interface UnsetSecrets {
  input: { appId: string; keys: string[] }
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Secrets are set for the machines that start from now on: no release is made of them (fly-go). */
export const secretMutations = (context: Context) => {
  const { world, principal } = context
  const write = (appId: string, valuesOf: (known: string[]) => [string, string | null][]) => {
    const app = appFor(world, principal, appId)
    const values = valuesOf([...app.secrets.keys()])
    const wrong = values.find(([name]) => !NAME.test(name))
    if (wrong) throw new FlyError(422, `Validation failed: ${wrong[0]} is not a name for an environment variable`)
    writeSecrets(world, app, Object.fromEntries(values))
    return { app: appNode(context, app), release: null }
  }
  return {
    setSecrets: ({ input: { appId, secrets, replaceAll } }: SetSecrets) =>
      write(appId, (known) => [
        ...known.filter(() => replaceAll).map((name): [string, null] => [name, null]),
        ...secrets.map(({ key, value }): [string, string] => [key, value]),
      ]),
    unsetSecrets: ({ input: { appId, keys } }: UnsetSecrets) =>
      write(appId, () => keys.map((name): [string, null] => [name, null])),
  }
}
