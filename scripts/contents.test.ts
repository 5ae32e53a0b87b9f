import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = dirname(import.meta.dirname)

/** What .gitignore names, and git's own folder. */
const notOurs = new Set(['.git', 'node_modules', 'dist', '.cache', 'release', 'test-results'])

/** Every text file of the repository, as paths from its root. */
function textFiles(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (notOurs.has(entry.name)) return []
    if (entry.isDirectory()) return textFiles(path)
    return entry.isFile() && !/\.(png|icns|ico|woff2|log)$/.test(path) ? [path] : []
  })
}

interface Rule {
  what: string
  pattern: RegExp
  /** Files the rule does not hold for. */
  except?: RegExp
}

/** Written in pieces, so that this file does not find itself. */
const rules: Rule[] = [
  // A real macaroon is hundreds of characters of base64; made-up ones in tests are short words.
  {
    what: 'a token that could be real',
    pattern: new RegExp(`\\b(?:${['fm1r', 'fm1a', 'fm2'].join('|')})_[A-Za-z0-9+/_-]{120,}`),
  },
  { what: 'a user token that could be real', pattern: new RegExp(`\\b${'fo1'}_[A-Za-z0-9_-]{43}\\b`) },
  {
    what: 'a private key',
    pattern: new RegExp(`-----BEGIN ${'(?:RSA |EC |OPENSSH )?PRIVATE'} KEY-----\\s+[A-Za-z0-9+/=]{40}`),
    // Made up for a server on loopback that one test starts; nothing trusts it.
    except: /^electron\/test\/fly-test-key\.pem$/,
  },
  {
    what: 'the address of a package registry',
    pattern: new RegExp(`https?://[\\w.-]*${'(?:registry|npm|artifactory|nexus|verdaccio)'}[\\w.-]*(?::\\d+)?/`),
    except: /\.test\.ts$/,
  },
  {
    what: 'a path of one computer',
    pattern: new RegExp(`(?<![\\w.~$}])/(?:${['home', 'Users'].join('|')})/[a-z][\\w.-]*/`),
    except: /\.test\.tsx?$/,
  },
]

test.each(rules)('no file holds $what', ({ pattern, except }) => {
  const found = textFiles().flatMap((path) => {
    if (except?.test(path)) return []
    const match = readFileSync(join(root, path), 'utf8').match(pattern)
    return match ? [`${path}: ${match[0].slice(0, 60)}`] : []
  })
  expect(found).toEqual([])
})

test('the lockfile names no place to download from', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"')
})
