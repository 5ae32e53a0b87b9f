import { useMutation } from '@tanstack/react-query'
import { FolderOpen } from 'lucide-react'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { Button } from '#renderer/ui/button.tsx'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { FailedCallout } from '#renderer/ui/failed.tsx'
import type { About } from '#shared/contracts/settings.ts'
import styles from './settings-page.module.css'

/** Where Hangar writes, each with a way there. */
export function SettingsFiles({ about }: { about: About }) {
  const { settings } = useIpc()
  const reveal = useMutation({ mutationFn: (file: 'log' | 'settings' | 'database') => settings.reveal({ file }) })
  const files = [
    { file: 'settings', label: 'Settings', path: about.settingsFile },
    { file: 'log', label: 'Log', path: about.logFile },
    { file: 'database', label: 'Database', path: about.databaseFile },
  ] as const
  return (
    <>
      <ul className={styles.files}>
        {files.map(({ file, label, path }) => (
          <li key={file}>
            <span>{label}</span>
            <code className="cut select-text" title={path}>
              {path}
            </code>
            <CopyButton text={path} label={`Copy the path of the ${label.toLowerCase()} file`} />
            <Button size="s" icon={<FolderOpen />} onClick={() => reveal.mutate(file)}>
              Show
            </Button>
          </li>
        ))}
      </ul>
      {reveal.error && <FailedCallout error={reveal.error} />}
    </>
  )
}
