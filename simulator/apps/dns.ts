/** What the name servers of the world say of one hostname. */
export interface DnsRecords {
  a: string[]
  aaaa: string[]
  cname: string[]
  /** CNAME of `_acme-challenge.<hostname>`. */
  acmeChallengeCname: string
  /** TXT of `_fly-ownership.<hostname>`. */
  ownershipTxt: string
}

/** Nobody asks a real name server: a hostname has the records somebody put here, and none at first. */
export interface Dns {
  of(hostname: string): DnsRecords
  set(hostname: string, records: DnsRecords): void
}

export function createDns(): Dns {
  const zones = new Map<string, DnsRecords>()
  return {
    of: (hostname) => zones.get(hostname) ?? { a: [], aaaa: [], cname: [], acmeChallengeCname: '', ownershipTxt: '' },
    set: (hostname, records) => void zones.set(hostname, records),
  }
}
