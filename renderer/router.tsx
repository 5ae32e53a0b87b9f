import { createMemoryHistory, createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { AppName, MachineId } from '#shared/contracts/names.ts'
import { linkTarget } from './link-target.ts'
import * as pages from './pages.tsx'
import { Shell } from './shell.tsx'

/** On every page: the machine in the inspector. */
const RootSearch = z.object({ openMachine: z.object({ app: AppName, id: MachineId }).optional().catch(undefined) })

const root = createRootRoute({ component: Shell, validateSearch: RootSearch, notFoundComponent: pages.NotFound })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/machines' })
  },
})

const machines = createRoute({
  getParentRoute: () => root,
  path: '/machines',
  validateSearch: z.object({ filter: z.string().optional().catch(undefined) }),
  component: pages.Machines,
})

const apps = createRoute({ getParentRoute: () => root, path: '/apps', component: pages.Apps })
const volumes = createRoute({ getParentRoute: () => root, path: '/volumes', component: pages.Volumes })

const workspaces = createRoute({
  getParentRoute: () => root,
  path: '/workspaces',
  validateSearch: z.object({ creating: z.boolean().optional().catch(undefined) }),
  component: pages.Workspaces,
})

const deploys = createRoute({
  getParentRoute: () => root,
  path: '/deploys',
  validateSearch: z.object({
    app: AppName.optional().catch(undefined),
    deploymentId: z.string().optional().catch(undefined),
  }),
  component: pages.Deploys,
})

const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  validateSearch: z.object({ operationId: z.string().optional().catch(undefined) }),
  component: pages.Activity,
})

const logs = createRoute({
  getParentRoute: () => root,
  path: '/logs',
  validateSearch: z.object({
    app: AppName.optional().catch(undefined),
    machineId: MachineId.optional().catch(undefined),
    title: z.string().optional().catch(undefined),
  }),
  component: pages.Logs,
})

const terminals = createRoute({
  getParentRoute: () => root,
  path: '/terminals',
  validateSearch: z.object({ session: z.uuid().optional().catch(undefined) }),
  component: pages.Terminals,
})

const cost = createRoute({ getParentRoute: () => root, path: '/cost', component: pages.Cost })
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: pages.Settings })

const routeTree = root.addChildren([
  home,
  machines,
  workspaces,
  apps,
  volumes,
  deploys,
  activity,
  logs,
  terminals,
  cost,
  settings,
])

type Place = Pick<Storage, 'getItem' | 'setItem'>

/** Remembers in `storage` where it was, so a reload of the window stays there. */
export function createAppRouter(storage: Place, key: string) {
  const history = createMemoryHistory({ initialEntries: [storage.getItem(key) ?? '/machines'] })
  history.subscribe(({ location }) => storage.setItem(key, location.href))
  return createRouter({ routeTree, history, defaultPreload: false })
}

type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}

/** Goes where a `hangar://` link points: the main process writes it behind the # of the page's address. */
export function followLinks(router: AppRouter): () => void {
  const follow = () => {
    const target = linkTarget(location.hash)
    if (!target) return
    window.history.replaceState(null, '', location.pathname)
    const { app, id } = target
    void router.navigate({
      to: '/machines',
      search: { filter: `app:${app} `, openMachine: id === undefined ? undefined : { app, id } },
    })
  }
  follow()
  window.addEventListener('hashchange', follow)
  return () => window.removeEventListener('hashchange', follow)
}
