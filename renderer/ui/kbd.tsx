import styles from './kbd.module.css'

const SIGNS: Readonly<Record<string, string>> = {
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Backspace: '⌫',
  Escape: 'Esc',
}

const IS_MAC = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent)

const sign = (key: string): string => (key === 'Ctrl' && IS_MAC ? '⌘' : (SIGNS[key] ?? key))

/** One shortcut such as `Ctrl+Shift+P`, as key caps. Ctrl is ⌘ on macOS. */
export function Keys({ keys }: { keys: string }) {
  // "Ctrl++" would split into an empty part: the plus key itself.
  const parts = keys.split(/\+(?=.)/)
  return (
    <span className={styles.keys}>
      {parts.map((key) => (
        <kbd key={key} className={styles.kbd}>
          {sign(key)}
        </kbd>
      ))}
    </span>
  )
}
