import { join, normalize, sep } from 'node:path'

export const SCHEME = 'app'
const HOST = 'hangar'
export const PAGE_URL = `${SCHEME}://${HOST}/index.html`

/** Whether an address is on the same site as the page. Compared by hand: every custom scheme has the origin "null". */
export function isSameSite(page: string, target: string): boolean {
  const here = URL.parse(page)
  const there = URL.parse(target)
  return here !== null && there !== null && here.protocol === there.protocol && here.host === there.host
}

/** The file below `root` that an address of the page names; undefined when it is none of ours. */
export function fileOf(root: string, address: string): string | undefined {
  const path = isSameSite(PAGE_URL, address) ? decode(new URL(address).pathname) : undefined
  if (path === undefined || path.includes('\0')) return undefined
  const file = normalize(join(root, path))
  return file.startsWith(root + sep) ? file : undefined
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    // A malformed escape names no file.
    return undefined
  }
}
