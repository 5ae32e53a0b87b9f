/** Regions of the platform (Fly docs, regions): code, place, where, and whether it has a WireGuard gateway. */
export interface Region {
  code: string
  name: string
  latitude: number
  longitude: number
  geo: 'africa' | 'asia_pacific' | 'europe' | 'north_america' | 'south_america'
  gateway: boolean
}

const region = (
  code: string,
  name: string,
  geo: Region['geo'],
  [latitude, longitude]: [number, number],
  gateway = true,
): Region => ({
  code,
  name,
  latitude,
  longitude,
  geo,
  gateway,
})

export const REGIONS: readonly Region[] = [
  region('ams', 'Amsterdam, Netherlands', 'europe', [52.37, 4.9]),
  region('arn', 'Stockholm, Sweden', 'europe', [59.65, 17.92]),
  region('bom', 'Mumbai, India', 'asia_pacific', [19.08, 72.87]),
  region('cdg', 'Paris, France', 'europe', [48.86, 2.35]),
  region('dfw', 'Dallas, Texas (US)', 'north_america', [32.78, -96.81]),
  region('ewr', 'Secaucus, NJ (US)', 'north_america', [40.79, -74.06]),
  region('fra', 'Frankfurt, Germany', 'europe', [50.11, 8.68]),
  region('gru', 'Sao Paulo, Brazil', 'south_america', [-23.55, -46.63], false),
  region('iad', 'Ashburn, Virginia (US)', 'north_america', [39.02, -77.54]),
  region('jnb', 'Johannesburg, South Africa', 'africa', [-26.2, 28.04], false),
  region('lax', 'Los Angeles, California (US)', 'north_america', [33.94, -118.41]),
  region('lhr', 'London, United Kingdom', 'europe', [51.51, -0.13]),
  region('nrt', 'Tokyo, Japan', 'asia_pacific', [35.68, 139.77]),
  region('ord', 'Chicago, Illinois (US)', 'north_america', [41.88, -87.63]),
  region('sin', 'Singapore, Singapore', 'asia_pacific', [1.35, 103.82]),
  region('sjc', 'San Jose, California (US)', 'north_america', [37.34, -121.89]),
  region('syd', 'Sydney, Australia', 'asia_pacific', [-33.87, 151.21]),
  region('yyz', 'Toronto, Canada', 'north_america', [43.65, -79.38]),
]

/** Regions without Managed Postgres: those that have no gateway either, a guess. */
export const hasPostgres = ({ gateway }: Region) => gateway

/** Where the callers of this simulator are taken to be. */
export const NEAREST = 'fra'

const ALIASES: Record<string, (region: Region) => boolean> = {
  any: () => true,
  apac: ({ geo }) => geo === 'asia_pacific',
  eu: ({ geo }) => geo === 'europe',
  na: ({ geo }) => geo === 'north_america',
  sa: ({ geo }) => geo === 'south_america',
  us: ({ name }) => name.endsWith('(US)'),
  usa: ({ name }) => name.endsWith('(US)'),
}

/** The regions a `region` field allows: a code, a list, an alias; empty when a word in it is unknown. */
export function regionsMeant(text: string): string[] {
  const words = text.split(',').map((word) => word.trim())
  const groups = words.map((word) =>
    REGIONS.filter(ALIASES[word] ?? (({ code }) => code === word)).map(({ code }) => code),
  )
  return groups.some((codes) => codes.length === 0) ? [] : groups.flat()
}
