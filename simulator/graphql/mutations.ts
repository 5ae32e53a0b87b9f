import { appMutations } from './app-mutations.ts'
import { buildMutations } from './build-mutations.ts'
import { certificateMutations } from './certificate-mutations.ts'
import type { Context, Node } from './context.ts'
import { ipMutations } from './ip-mutations.ts'
import { networkMutations } from './network-mutations.ts'
import { organizationMutations } from './organization-mutations.ts'
import { releaseMutations } from './release-mutations.ts'
import { secretMutations } from './secret-mutations.ts'
import { createToken, revokeToken } from './token-mutations.ts'
import { volumeMutations } from './volume-mutations.ts'

/** Root values of all mutations, for a caller who is asked for the right to just one of them. */
export const mutations = (context: Context): Node => ({
  ...appMutations(context),
  ...secretMutations(context),
  ...ipMutations(context),
  ...certificateMutations(context),
  ...volumeMutations(context),
  ...buildMutations(context),
  ...releaseMutations(context),
  ...organizationMutations(context),
  ...networkMutations(context),
  createLimitedAccessToken: (args: Parameters<typeof createToken>[1]) => createToken(context, args),
  deleteLimitedAccessToken: (args: Parameters<typeof revokeToken>[1]) => revokeToken(context, args),
  logOut() {
    context.world.tokens.revokeId(context.principal.id)
    return { ok: true }
  },
})
