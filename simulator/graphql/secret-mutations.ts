import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { replaceSecrets, writeSecrets } from '../secrets/secrets.ts'
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
  const appOf = (appId: string, names: string[]) => {
    const wrong = names.find((name) => !NAME.test(name))
    if (wrong === undefined) return appFor(world, principal, appId)
    throw new FlyError(422, `Validation failed: ${wrong} is not a name for an environment variable`)
  }
  return {
    setSecrets({ input: { appId, secrets, replaceAll } }: SetSecrets) {
      const values = Object.fromEntries(secrets.map(({ key, value }) => [key, value]))
      const app = appOf(appId, Object.keys(values))
      const write = replaceAll ? replaceSecrets : writeSecrets
      write(world, app, values)
      return { app: appNode(context, app), release: null }
    },
    unsetSecrets({ input: { appId, keys } }: UnsetSecrets) {
      const app = appOf(appId, keys)
      writeSecrets(world, app, Object.fromEntries(keys.map((key) => [key, null])))
      return { app: appNode(context, app), release: null }
    },
  }
}
