import { selfSigned } from '../test/self-signed.ts'
import type { Certificate } from '../world/types.ts'
import { APP, type LivingWorld, ORG, REST, SPARE } from './living-world.ts'

const PATH = `/v1/apps/${APP}`
const YEAR = 365 * 24 * 3_600_000

const KEYS = { signer: 'hs256', sealer: 'xaes256gcm', public: 'es256' } as const

async function tendSecrets({ app, make, world }: LivingWorld): Promise<void> {
  const { id, secrets } = app()
  if (!secrets.has('PLAIN')) await make('POST', `${PATH}/secrets/PLAIN`, { value: 'a value' })
  for (const [name, type] of Object.entries(KEYS)) {
    if (!world.secretKeys.find(id, name)) await make('POST', `${PATH}/secretkeys/${name}/generate`, { type })
  }
}

/** A volume of three gigabytes nobody mounts, with a snapshot. */
async function tendVolumes({ app, make, world }: LivingWorld): Promise<void> {
  const volumes = () => [...app().volumes].flatMap((id) => world.volumes.get(id) ?? [])
  const isFree = ({ attachedMachineId, state, sizeGb }: ReturnType<typeof volumes>[number]) =>
    attachedMachineId === undefined && state === 'created' && sizeGb === 3
  const free = volumes().find(isFree)
  if (!free) await make('POST', `${PATH}/volumes`, { name: 'disk', region: 'fra', size_gb: 3 })
  for (const volume of volumes()) {
    if (volume.snapshots.length === 0 && volume.state === 'created') {
      await make('POST', `${PATH}/volumes/${volume.id}/snapshots`)
    }
  }
}

/** An uploaded certificate, one whose records are right and one whose records point elsewhere. */
async function tendCertificates({ app, make, world }: LivingWorld): Promise<void> {
  const has = (wanted: (certificate: Certificate) => boolean) => app().certificates.some(wanted)
  const hostname = (word: string) => `${word}-${world.random.hex(6)}.example`
  if (!has(({ custom }) => custom !== undefined)) {
    const upload = selfSigned(hostname('custom'), { expiresAt: world.clock.now() + YEAR })
    await make('POST', `${PATH}/certificates/custom`, upload)
  }
  for (const word of ['right', 'wrong']) {
    if (has((one) => one.acmeRequested && one.hostname.startsWith(word))) continue
    const name = hostname(word)
    await make('POST', `${PATH}/certificates/acme`, { hostname: name })
    await make('POST', '/_sim/dns', {
      hostname: name,
      cname: [word === 'right' ? `${APP}.fly.dev` : 'elsewhere.example'],
    })
  }
}

/** The app itself, a spare one, and what belongs to an app without running. */
export async function tendApp(living: LivingWorld): Promise<void> {
  const { app, make, world, advance } = living
  for (const name of [APP, SPARE]) {
    if (!world.apps.has(name)) await make('POST', '/v1/apps', { name, org_slug: ORG })
  }
  await advance(REST)
  if (app().ips.length < 2) await make('POST', `${PATH}/ip_assignments`, { type: 'v6' })
  await tendSecrets(living)
  await tendVolumes(living)
  await tendCertificates(living)
  await advance(REST)
}
