import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '#shared/ipc/errors.ts'
import { allowedLink } from './allowed-link.ts'
import { desktopHandlers } from './handlers.ts'

const { signal } = new AbortController()

function setup() {
  const opened: string[] = []
  const copied: string[] = []
  const handlers = desktopHandlers({
    accounts: {
      current: () => {
        throw new AppError('unauthenticated', 'Nobody is signed in.')
      },
      onChange: () => () => {},
    },
    openExternal: async (url) => void opened.push(url),
    writeText: async (text) => void copied.push(text),
    paste: () => copied.push('pasted'),
  })
  return { handlers, opened, copied }
}

test.each([
  'https://fly.io/dashboard/acme',
  'https://status.fly.io/',
  'https://shop.fly.dev/a?b#c',
  'https://fly-metrics.net/d/1',
])('%s opens in the browser, also when nobody is signed in', async (url) => {
  const { handlers, opened } = setup()
  await handlers.openLink({ url }, { signal })
  expect(opened).toEqual([url])
})

test('a link that could be read in two ways is written in one', async () => {
  const { handlers, opened } = setup()
  await handlers.openLink({ url: 'https://fly.dev\\@evil.example/' }, { signal })
  expect(opened).toEqual(['https://fly.dev/@evil.example/'])
})

test.each([
  'http://fly.io/',
  'https://fly.io.evil.example/',
  'https://notfly.io/',
  'https://evil.example/fly.io',
  'https://fly.io@evil.example/',
  'https://user:secret@fly.io/',
  'https://fly.io:8443/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'hangar://apps/shop',
])('%s is refused', async (url) => {
  const { handlers, opened } = setup()
  await expect(handlers.openLink({ url }, { signal })).rejects.toMatchObject({ code: 'invalid-input', message: /Copy/ })
  expect(opened).toEqual([])
})

test('no address that opens leads anywhere but to Fly.io', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.string().map((text) => `https://fly.io${text}`),
      ),
      (link) => {
        const allowed = allowedLink(link)
        if (!allowed) return
        const { protocol, hostname } = new URL(allowed)
        expect(protocol).toBe('https:')
        expect(hostname).toMatch(/(^|\.)(fly\.io|fly\.dev|fly-metrics\.net)$/)
      },
    ),
    { numRuns: 2000 },
  )
})

test('text is copied, and paste is left to the system', async () => {
  const { handlers, copied } = setup()
  await handlers.copyText({ text: 'm-1' }, { signal })
  await handlers.paste({}, { signal })
  expect(copied).toEqual(['m-1', 'pasted'])
})
