import type { World } from '../world/world.ts'
import { READ } from './actions.ts'
import { TWENTY_YEARS } from './lifetime.ts'
import { narrow, type PackedCaveat, writeMacaroon } from './macaroon.ts'
import { caveatsOf } from './profiles.ts'
import { commands, ifPresent, mutations, onlyAction, organization } from './write-caveats.ts'

/** One token of each kind, for demos and tests. */
export interface TokenNames {
  user: string
  org: string
  deploy: string
  readonly: string
  ssh: string
  machineExec: string
  revoked: string
}

const DAY = 24 * 3_600_000
/** An app that is not there: a deploy token for it can do nothing. */
const NO_APP = 1

/** Makes them in a world that has its organisations and apps. */
export function createNamedTokens(world: World, { org, app }: { org: string; app: string }): TokenNames {
  const { tokens, startedAt } = world
  const orgNumber = world.organizations.find(({ rawSlug }) => rawSlug === org)?.numericId ?? 0
  const appNumber = world.apps.get(app)?.numericId ?? NO_APP
  const creator = 'usr_1001@hangar.example'
  const times = { createdAt: startedAt - 90 * DAY, expiresAt: startedAt + TWENTY_YEARS }
  const issue = (kind: string, profile: 'deploy_organization' | 'deploy') => {
    const forApp = profile === 'deploy'
    const about = {
      id: `token-${kind}`,
      name: `${kind} token`,
      owner: `${kind}-token`,
      creator,
      org,
      profile,
      ...times,
    }
    const caveats = caveatsOf(
      forApp ? { name: 'deploy', org: orgNumber, app: appNumber } : { name: 'deploy_organization', org: orgNumber },
    )
    return tokens.issue({ ...about, ...(forApp ? { app } : {}) }, caveats).macaroon
  }
  // The caveats flyctl appends by itself for these kinds.
  const user = (id: string, owner: string) => tokens.issueUser({ id, name: 'login', owner, creator: owner, ...times })
  const names = {
    user: user('token-user', creator),
    org: writeMacaroon(issue('org', 'deploy_organization')),
    deploy: writeMacaroon(issue('deploy', 'deploy')),
    readonly: narrowed(issue('readonly', 'deploy_organization'), organization(orgNumber, READ)),
    revoked: user('token-revoked', 'usr_1002@hangar.example'),
  }
  const ssh = issue('ssh', 'deploy')
  const mayConnect = mutations(['issueCertificate', 'addWireGuardPeer'])
  const mayEcho = commands([{ args: ['echo'], exact: false }])
  tokens.revoke(names.revoked)
  return {
    ...names,
    ssh: `${narrowed(ssh, onlyAction(READ))},${narrowed(ssh, mayConnect)}`,
    machineExec: narrowed(issue('machine-exec', 'deploy'), ifPresent([mayEcho], READ)),
  }
}

const narrowed = (macaroon: Parameters<typeof narrow>[0], caveat: PackedCaveat) =>
  writeMacaroon(narrow(macaroon, [caveat]))
