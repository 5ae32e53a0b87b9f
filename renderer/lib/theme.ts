import type { Settings } from '#shared/contracts/settings.ts'

type Look = Pick<Settings, 'theme' | 'density'>

/** Writes theme and density on the root element, where the tokens read them. */
export function applyLook(root: HTMLElement, { theme, density }: Look): void {
  set(root, 'theme', theme === 'system' ? undefined : theme)
  set(root, 'density', density === 'default' ? undefined : density)
}

function set(root: HTMLElement, name: 'theme' | 'density', value: string | undefined): void {
  if (value === undefined) delete root.dataset[name]
  else root.dataset[name] = value
}
