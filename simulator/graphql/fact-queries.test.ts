import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse, print } from 'graphql'
import { describe, expect, test } from 'vitest'
import { simulatorInProcess } from '../test/client.ts'

/** A collection of operations that were checked against Fly's own schema. It is no part of this repository. */
const FILE = process.env.FLY_QUERIES ?? fileURLToPath(new URL('../../../shared/fly/queries.graphql', import.meta.url))

/** Variables that fit, by operation. */
function variables(client: ReturnType<typeof simulatorInProcess>): Record<string, Record<string, unknown>> {
  const { world } = client
  const [volume = ''] = world.apps.get('acme-workspaces')?.volumes ?? []
  const appName = 'acme-web'
  const organizationId = 'org_acme_workspaces'
  const input = (fields: Record<string, unknown>) => ({ input: fields })
  const { createdAt } = world.builds.values().next().value ?? { createdAt: 0 }
  const ip = world.apps.get(appName)?.ips[0]?.ip
  return {
    Apps: { orgId: organizationId },
    OrgDetail: { slug: 'personal' },
    OrgMachines: { slug: 'acme-workspaces' },
    OrgTokens: { slug: 'acme-workspaces' },
    AppReleases: { name: appName, limit: 2 },
    AppImage: { name: 'acme-docs', ref: 'registry.fly.io/acme-docs:latest' },
    ValidateConfig: { definition: { app: appName, http_service: { internal_port: 8080 } } },
    CreateToken: input({
      name: 'ci',
      organizationId,
      profile: 'deploy',
      profileParams: { app_id: appName },
      expiry: '48h',
    }),
    RevokeToken: input({ id: 'token-readonly' }),
    SetSecrets: input({ appId: appName, secrets: [{ key: 'A', value: `${createdAt}` }] }),
    UnsetSecrets: input({ appId: appName, keys: ['A'] }),
    AllocateIp: input({ appId: appName, type: 'v6' }),
    ReleaseIp: input({ appId: appName, ip }),
    AddCert: { appId: appName, hostname: 'app.acme.example' },
    DeleteCert: { appId: appName, hostname: 'app.acme.example' },
    EnsureBuilder: input({ organizationId }),
    EnsureDepot: input({ appName, region: 'fra', builderScope: 'organization' }),
    CreateBuild: input({ appName, builderType: 'remote', strategiesAvailable: ['Dockerfile'] }),
    SnapshotVolume: input({ volumeId: volume }),
    SshCert: input({ organizationId, appNames: [appName], principals: ['root'], validHours: 1 }),
    WgPeer: input({ organizationId, name: 'laptop', pubkey: Buffer.alloc(32, 5).toString('base64'), region: 'fra' }),
    CreateOrg: input({ name: 'Brand New' }),
  }
}

const operations = existsSync(FILE)
  ? parse(readFileSync(FILE, 'utf8')).definitions.flatMap((definition) =>
      definition.kind === 'OperationDefinition' && definition.name
        ? [{ name: definition.name.value, query: print(definition) }]
        : [],
    )
  : []

describe.skipIf(operations.length === 0)(
  'operations of the facts about Fly (skipped where FLY_QUERIES names no file)',
  () => {
    test('all of them are answered with data and without errors', async () => {
      const client = simulatorInProcess()
      const fitting = variables(client)
      expect(operations.length).toBeGreaterThanOrEqual(32)
      for (const { name, query } of operations) {
        const asked = { query, operationName: name, variables: fitting[name] ?? { name: 'acme-web' } }
        const { status, body } = await client.ask('POST', '/graphql', { body: asked })
        expect(status, name).toBe(200)
        expect(body, name).not.toHaveProperty('errors')
        expect(body, name).toHaveProperty('data')
      }
    })
  },
)
