import { createContext, type ReactNode, use, useEffect, useRef, useSyncExternalStore } from 'react'
import { chordOf, createShortcutRegistry, type Shortcut, type ShortcutRegistry, shortcutFor } from './shortcuts.ts'

const IS_MAC = /mac/i.test(navigator.userAgent)

/** Toasts have these roles too, but keep nobody from the page. */
const DIALOG = ':is([role="dialog"], [role="alertdialog"]):not([data-toast])'

const RegistryContext = createContext<ShortcutRegistry>(createShortcutRegistry())

/** Listens to the keyboard of the whole window. `.xterm` marks a terminal. */
export function ShortcutProvider({ registry, children }: { registry: ShortcutRegistry; children: ReactNode }) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const shortcut = shortcutFor(registry.all(), {
        chord: chordOf(event, IS_MAC),
        situation: situationOf(event.target),
        isMac: IS_MAC,
      })
      if (!shortcut?.run) return
      event.preventDefault()
      shortcut.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [registry])
  return <RegistryContext value={registry}>{children}</RegistryContext>
}

function situationOf(target: EventTarget | null) {
  const element = target instanceof Element ? target : document.body
  const inTerminal = element.closest('.xterm') !== null
  return {
    inTerminal,
    inField: inTerminal || element.closest('input:not([type="checkbox"]), textarea, [contenteditable="true"]') !== null,
    inDialog: document.querySelector(DIALOG) !== null,
  }
}

/** Adds shortcuts while the component is shown. The newest closures run, so no dependencies are asked for. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = use(RegistryContext)
  const newest = useRef(shortcuts)
  useEffect(() => {
    newest.current = shortcuts
  })
  const signature = shortcuts.map(({ keys, label, run }) => `${keys}\t${label}\t${run !== undefined}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature says when the list itself differs
  useEffect(
    () =>
      registry.add(
        newest.current.map(({ run, ...rest }, index) =>
          run ? { ...rest, run: () => newest.current[index]?.run?.() } : rest,
        ),
      ),
    [registry, signature],
  )
}

/** Every shortcut that works now, for the overview. */
export function useAllShortcuts(): readonly Shortcut[] {
  const registry = use(RegistryContext)
  return useSyncExternalStore(registry.subscribe, registry.all)
}
