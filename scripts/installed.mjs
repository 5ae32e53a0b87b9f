/**
 * Whether what npm wrote down as installed is what the lockfile asks for. Optional packages may be missing: npm leaves
 * out those made for other systems.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }> }} lock package-lock.json
 * @param {{ packages: Record<string, { version?: string }> } | undefined} installed node_modules/.package-lock.json
 */
export function isInstalled(lock, installed) {
  if (!installed) return false
  return Object.entries(lock.packages).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true
    const there = installed.packages[path]
    return there ? there.version === version : Boolean(optional || devOptional)
  })
}
