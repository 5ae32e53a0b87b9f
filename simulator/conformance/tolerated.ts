/** A place where the description is wrong or unsure, and the simulator differs from it on purpose. */
export interface Tolerated {
  operations: readonly string[]
  /** Dotted path into the body; `*` = any one item. */
  path: string
  why: string
}

const CERTIFICATES = '/apps/{app_name}/certificates'
const VOLUMES = '/apps/{app_name}/volumes'
const MACHINES = '/apps/{app_name}/machines'
const MACHINE = `${MACHINES}/{machine_id}`

const DETAILS = [
  `POST ${CERTIFICATES}/acme`,
  `POST ${CERTIFICATES}/custom`,
  `GET ${CERTIFICATES}/{hostname}`,
  `POST ${CERTIFICATES}/{hostname}/check`,
  `DELETE ${CERTIFICATES}/{hostname}/acme`,
  `DELETE ${CERTIFICATES}/{hostname}/custom`,
]
const WITH_FLYS_OWN = [
  `POST ${CERTIFICATES}/acme`,
  `GET ${CERTIFICATES}/{hostname}`,
  `POST ${CERTIFICATES}/{hostname}/check`,
]
const UNMOUNTED = [`POST ${VOLUMES}`, `PUT ${VOLUMES}/{volume_id}`, `DELETE ${VOLUMES}/{volume_id}`]
const CONFIGURED = [`POST ${MACHINES}`, `POST ${MACHINE}`]

/** Values of answers. */
export const TOLERATED_ANSWERS: readonly Tolerated[] = [
  { operations: DETAILS, path: 'rate_limited_until', why: 'the samples of the docs have null while nobody is limited' },
  { operations: WITH_FLYS_OWN, path: 'certificates.*.issuer', why: 'the samples of the docs have null for Fly’s own' },
  {
    operations: [`POST /apps/{app_name}/ip_assignments`],
    path: 'ip',
    why: 'the description of 2026 has null beside an ip_pair',
  },
  ...['attached_machine_id', 'attached_alloc_id'].flatMap((name) => [
    { operations: UNMOUNTED, path: name, why: 'the samples of the docs have null for a volume nobody mounts' },
    { operations: [`GET ${VOLUMES}`], path: `*.${name}`, why: 'the same, in a list' },
    {
      operations: [`GET /orgs/{org_slug}/volumes`],
      path: `volumes.*.${name}`,
      why: 'the same, in the list of an organization',
    },
    {
      operations: [`PUT ${VOLUMES}/{volume_id}/extend`],
      path: `volume.${name}`,
      why: 'the same, in an answer to extend',
    },
  ]),
  {
    operations: CONFIGURED,
    path: 'config.services.*.autostop',
    why: 'the text of the description itself says that answers have false and true for off and stop',
  },
  {
    operations: ['POST /tokens/authorize'],
    path: 'access.action',
    why: 'the description has the numbers of a bit set, whose own library writes letters (macaroon library)',
  },
]

/** Values of requests that are taken although they are wrong by the description. */
export const TOLERATED_REQUESTS: readonly Tolerated[] = [
  { operations: [`POST ${MACHINE}/signal`], path: 'signal is 7', why: 'the official client sends numbers' },
  {
    operations: [`POST ${MACHINE}/stop`],
    path: 'timeout is 7',
    why: 'the durations of the official client are read from numbers too',
  },
  {
    operations: CONFIGURED,
    path: 'config.services.*.autostop is false',
    why: 'the text of the description itself allows booleans',
  },
]

/** Operations that are refused here whatever is asked. */
export const NEVER_DONE: readonly { operation: string; why: string }[] = [
  { operation: 'POST /tokens/kms', why: 'only a machine may ask, over its own socket' },
  { operation: 'POST /tokens/oidc', why: 'only a machine may ask, over its own socket' },
]

const LIMITS = ['CertificateDetail', 'CertificateCheckResponse', 'destroyCustomCertificateResponse']
const REGION = [
  'code',
  'deprecated',
  'gateway_available',
  'geo_region',
  'latitude',
  'longitude',
  'name',
  'requires_paid_plan',
]

/** Properties that no answer shows. */
export const NEVER_SHOWN: readonly { properties: readonly string[]; why: string }[] = [
  { properties: LIMITS.map((name) => `${name}.rate_limited_until`), why: 'no authority limits anybody here' },
  {
    properties: ['AppSecret.value', 'SetAppSecretResponse.value'],
    why: 'values of secrets cannot be read in practice, whatever show_secrets says',
  },
  {
    properties: [
      'main.regionResponse.nearest',
      'main.regionResponse.regions',
      ...REGION.map((name) => `main.regionRow.${name}`),
    ],
    why: 'the live answer has Nearest and Regions with capitals (Fly forum)',
  },
  { properties: ['macaroon.Nonce.rnd'], why: 'the random half of a nonce is nobody’s business' },
  {
    properties: ['cluster', 'sourceApp', 'sourceOrganization'].map((name) => `flyio.Access.${name}`),
    why: 'nothing that can be asked for leads to them',
  },
]
