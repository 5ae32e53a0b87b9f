import type { Account, TokenKind, TokenReport } from '#shared/contracts/accounts.ts'

const KIND: Readonly<Record<TokenKind, string>> = {
  user: 'Personal token',
  org: 'Org token',
  deploy: 'Deploy token',
  readonly: 'Read-only token',
  unknown: 'Token of an unknown kind',
}

export const tokenKindWord = (kind: TokenKind): string => KIND[kind]

type Token = Pick<TokenReport, 'kind' | 'identity' | 'organizations' | 'apps'>

/** "Org token for acme-workspaces". */
export function tokenSummary(report: Token): string {
  const { kind, apps } = report
  const where = apps.length > 0 ? listOf(apps) : listOf(report.organizations.map(({ name }) => name))
  return where ? `${KIND[kind]} for ${where}` : KIND[kind]
}

/** Who Fly sees acting. */
export const actsAs = ({ identity, kind }: Pick<Token, 'identity' | 'kind'>): string =>
  identity ?? `the ${KIND[kind].toLowerCase()} itself, not a person`

/** What the token may do, as sentences. What it may not comes from main, which asked Fly. */
export function tokenMay({ kind, organizations, apps }: Token): string[] {
  const scope = apps.length > 0 ? listOf(apps) : listOf(organizations.map(({ name }) => name)) || 'what it reaches'
  if (kind === 'readonly') return [`See apps, machines and volumes in ${scope}`, 'Read logs']
  return [
    kind === 'deploy'
      ? `See and change the machines and volumes of ${scope}`
      : `See and change every app, machine and volume in ${scope}`,
    'Build and deploy images',
    'Open terminals in machines',
    'Read logs',
  ]
}

/** "a", "a and b", "a, b and 3 more". */
export function listOf(names: readonly string[]): string {
  const [first = '', second] = names
  if (second === undefined) return first
  if (names.length === 2) return `${first} and ${second}`
  return `${first}, ${second} and ${names.length - 2} more`
}

/** The line under the name in the switcher. */
export function accountSubtitle({ demo, label, identity, kind, ending, organizations }: Account): string {
  if (demo) return 'simulated machines'
  const where = listOf(organizations.map(({ name }) => name))
  return [identity, where].find((words) => words && words !== label) ?? `${KIND[kind].toLowerCase()} …${ending}`
}
