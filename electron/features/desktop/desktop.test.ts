import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActiveAccounts } from '#electron/fly/active-account.ts'
import { madeUpAccount } from '#electron/test/made-up-account.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { allowedLink } from './allowed-link.ts'
import { desktopHandlers } from './handlers.ts'

const { signal } = new AbortController()

const signedOut: ActiveAccounts['current'] = () => {
  throw new AppError('unauthenticated', 'Nobody is signed in.')
}

/** Signed in to a Fly.io that serves its apps at `appUrl`. */
const signedIn =
  (appUrl: string): ActiveAccounts['current'] =>
  () =>
    madeUpAccount({
      endpoints: {
        ...{ machines: '', api: '', registryHost: '', appDomain: 'fly.dev' },
        appUrl: (app) => appUrl.replace('{app}', app),
      },
    })

const DEMO_APPS = 'http://127.0.0.1:4100/_apps/{app}'

function setup(current = signedOut) {
  const opened: string[] = []
  const copied: string[] = []
  const handlers = desktopHandlers({
    accounts: { current, onChange: () => () => {} },
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

test('in the demo, the pages of its apps open', async () => {
  const { handlers, opened } = setup(signedIn(DEMO_APPS))
  await handlers.openLink({ url: 'http://127.0.0.1:4100/_apps/shop/api?a=b' }, { signal })
  await handlers.openApp({ app: 'docs' }, { signal })
  expect(opened).toEqual(['http://127.0.0.1:4100/_apps/shop/api?a=b', 'http://127.0.0.1:4100/_apps/docs'])
})

test.each([
  ['another port', DEMO_APPS, 'http://127.0.0.1:4101/_apps/shop'],
  ['another name of this computer', DEMO_APPS, 'http://localhost:4100/_apps/shop'],
  ['another protocol', DEMO_APPS, 'https://127.0.0.1:4100/_apps/shop'],
  ['a login in the address', DEMO_APPS, 'http://me:secret@127.0.0.1:4100/_apps/shop'],
  ['the port of this computer when signed in to Fly.io', 'https://{app}.fly.dev', 'http://127.0.0.1:4100/_apps/shop'],
  ['http on another computer, though apps are served there', 'http://10.0.0.7:4100/{app}', 'http://10.0.0.7:4100/shop'],
  ['a domain of the customer', 'https://{app}.fly.dev', 'https://shop.example/'],
])('%s is refused', async (_what, appUrl, url) => {
  const { handlers, opened } = setup(signedIn(appUrl))
  await expect(handlers.openLink({ url }, { signal })).rejects.toMatchObject({ code: 'invalid-input' })
  expect(opened).toEqual([])
})

test('an app opens at its own host, and not at all when nobody is signed in', async () => {
  const { handlers, opened } = setup(signedIn('https://{app}.fly.dev'))
  await handlers.openApp({ app: 'shop' }, { signal })
  expect(opened).toEqual(['https://shop.fly.dev/'])
  await expect(setup().handlers.openApp({ app: 'shop' }, { signal })).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('no address that opens leads anywhere but to Fly.io, or to the one port the demo serves', () => {
  const start = fc.constantFrom('https://fly.io', 'http://127.0.0.1:4100', 'http://127.0.0.1', 'http://localhost:4100')
  const link = fc.oneof(
    fc.webUrl({ validSchemes: ['http', 'https'] }),
    fc.string(),
    fc.tuple(start, fc.string()).map((parts) => parts.join('')),
  )
  const origin = fc.constantFrom('http://127.0.0.1:4100', 'http://[::1]:4100', 'http://10.0.0.7:4100', undefined)
  fc.assert(
    fc.property(link, origin, (text, served) => {
      const apps = served === undefined ? undefined : { appDomain: 'fly.dev', appUrl: () => `${served}/x` }
      const allowed = allowedLink(text, apps)
      if (!allowed) return
      const url = new URL(allowed)
      expect(url.username + url.password).toBe('')
      if (url.protocol === 'https:') expect(url.host).toMatch(/(^|\.)(fly\.io|fly\.dev|fly-metrics\.net)$/)
      else expect([url.origin, served]).toEqual(['http://127.0.0.1:4100', 'http://127.0.0.1:4100'])
    }),
    { numRuns: 4000 },
  )
})

test('text is copied, and paste is left to the system', async () => {
  const { handlers, copied } = setup()
  await handlers.copyText({ text: 'm-1' }, { signal })
  await handlers.paste({}, { signal })
  expect(copied).toEqual(['m-1', 'pasted'])
})
