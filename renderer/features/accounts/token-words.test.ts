import { expect, test } from 'vitest'
import { listOf, tokenMay, tokenSummary } from './token-words.ts'

const organization = (name: string) => ({ slug: name, name, personal: false })

test('a token is named by its kind and where it works', () => {
  const organizations = [organization('acme-workspaces')]
  expect(tokenSummary({ kind: 'org', organizations, apps: [] })).toBe('Org token for acme-workspaces')
  expect(tokenSummary({ kind: 'deploy', organizations, apps: ['acme-web'] })).toBe('Deploy token for acme-web')
  expect(tokenSummary({ kind: 'unknown', organizations: [], apps: [] })).toBe('Token of an unknown kind')
})

test('a read-only token may look and nothing else', () => {
  const may = tokenMay({ kind: 'readonly', organizations: [organization('acme')], apps: [] })
  expect(may.join(' ')).not.toMatch(/change|deploy|terminal/i)
})

test('long lists say how many more there are', () => {
  expect(listOf([])).toBe('')
  expect(listOf(['a', 'b'])).toBe('a and b')
  expect(listOf(['a', 'b', 'c', 'd', 'e'])).toBe('a, b and 3 more')
})
