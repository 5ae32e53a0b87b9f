import type { Account, Session, TokenReport } from '#shared/contracts/accounts.ts'

const ORGANIZATION = { slug: 'acme-workspaces', name: 'Acme Workspaces', personal: false }

export const anAccount = (change: Partial<Account> = {}): Account => ({
  id: 'account-1',
  label: 'Acme Workspaces',
  identity: 'usr_1001@hangar.example',
  kind: 'org',
  ending: '9Q==',
  organizations: [ORGANIZATION],
  cannot: [],
  demo: false,
  kept: 'keychain',
  protection: 'none',
  ...change,
})

export const aSession = (change: Partial<Session> = {}): Session => ({
  accounts: [],
  keychain: 'available',
  problem: 'none',
  flyctl: { status: 'found', path: '/usr/bin/flyctl', version: '0.4.87' },
  ...change,
})

export const aReport = (change: Partial<TokenReport> = {}): TokenReport => ({
  candidateId: '3b241101-e2bb-4255-8caf-4136c566a962',
  kind: 'org',
  ending: '9Q==',
  organizations: [ORGANIZATION],
  apps: [],
  cannot: ['See invoices'],
  ...change,
})
