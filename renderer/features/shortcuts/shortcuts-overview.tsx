import { useAllShortcuts } from '#renderer/lib/shortcuts-context.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { Keys } from '#renderer/ui/kbd.tsx'
import { groupShortcuts } from './group-shortcuts.ts'
import styles from './shortcuts-overview.module.css'

interface ShortcutsOverviewProps {
  onClose: () => void
}

/** Made from the registry, so it lists what works here and now and nothing else. */
export function ShortcutsOverview({ onClose }: ShortcutsOverviewProps) {
  const shortcuts = useAllShortcuts()
  return (
    <Dialog
      open
      onClose={onClose}
      width={760}
      title="Keyboard"
      subtitle="In a terminal every key belongs to the shell, but for F6 and Ctrl Shift."
    >
      <div className={styles.groups}>
        {groupShortcuts(shortcuts).map(({ title, entries }) => (
          <section key={title} className={styles.group}>
            <h3>{title}</h3>
            <dl>
              {entries.map(({ label, keys }) => (
                <div key={label} className={styles.line}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.map((each) => (
                      <Keys key={each} keys={each} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
