import type { Guest } from '../contracts/fleet.ts'

/**
 * Fly's public price list in US dollars, for the base region iad. Amounts are text because
 * they are exact decimals. The per-second figures reproduce every published monthly figure to the cent.
 */
export const PRICES = {
  /** Day the list was read. */
  from: '2026-10-09',
  /** Fly counts a month as 30 days. */
  monthSeconds: 2_592_000,
  vcpuSecond: { shared: '0.0000008465', performance: '0.000012732' },
  /** Memory beyond what a vCPU brings along. */
  extraRamGbSecond: '0.000002316',
  includedRamGb: { shared: '0.25', performance: '2' },
  /** Per GB and month of the root file system of a stopped or suspended machine, counted per second. */
  rootfsGbMonth: '0.15',
  /** Per provisioned GB and month, attached or not. */
  volumeGbMonth: '0.15',
  snapshotGbMonth: '0.08',
  /** Per organization and month. */
  snapshotFreeGb: '10',
  dedicatedIpv4Month: '2',
} as const satisfies {
  vcpuSecond: Record<Guest['cpuKind'], string>
  includedRamGb: Record<Guest['cpuKind'], string>
  [price: string]: unknown
}

/** Price of compute in a region against iad. `bom` has left the newest list; its last figure is kept. */
export const REGION_MARKUP: Readonly<Record<string, string>> = {
  iad: '1',
  ewr: '1',
  ams: '1.038461538',
  arn: '1.038461538',
  bom: '1.076923077',
  yyz: '1.115384615',
  lhr: '1.134615385',
  cdg: '1.134615385',
  fra: '1.153846154',
  sjc: '1.192307692',
  lax: '1.199519231',
  ord: '1.25',
  dfw: '1.25',
  sin: '1.269230769',
  syd: '1.269230769',
  jnb: '1.302884615',
  nrt: '1.307692308',
  gru: '1.615384615',
}

/** Regions with the names Fly shows for them: used where Fly cannot be asked. */
export const REGION_NAMES: Readonly<Record<string, string>> = {
  ams: 'Amsterdam, Netherlands',
  arn: 'Stockholm, Sweden',
  bom: 'Mumbai, India',
  cdg: 'Paris, France',
  dfw: 'Dallas, Texas (US)',
  ewr: 'Secaucus, NJ (US)',
  fra: 'Frankfurt, Germany',
  gru: 'Sao Paulo, Brazil',
  iad: 'Ashburn, Virginia (US)',
  jnb: 'Johannesburg, South Africa',
  lax: 'Los Angeles, California (US)',
  lhr: 'London, United Kingdom',
  nrt: 'Tokyo, Japan',
  ord: 'Chicago, Illinois (US)',
  sin: 'Singapore, Singapore',
  sjc: 'San Jose, California (US)',
  syd: 'Sydney, Australia',
  yyz: 'Toronto, Canada',
}

/** Fly does not say how large a root file system is: a usual image, unpacked, is assumed. */
export const ASSUMED_ROOTFS_GB = '1.2'

/** A region newer than the list costs what iad costs, until the list knows it. */
export function markupOf(region: string): string {
  return REGION_MARKUP[region] ?? '1'
}
