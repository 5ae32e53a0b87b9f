import { useQuery } from '@tanstack/react-query'
import { Monitor, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { FailedCallout } from '#renderer/ui/failed.tsx'
import { PageHead } from '#renderer/ui/page-head.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { Settings } from '#shared/contracts/settings.ts'
import { NetworkSettings } from './network-settings.tsx'
import { SettingText } from './setting-text.tsx'
import { SettingsFiles } from './settings-files.tsx'
import styles from './settings-page.module.css'
import { useChangeSettings } from './use-settings.ts'

export function SettingsPage({ settings }: { settings: Settings }) {
  const ipc = useIpc()
  const change = useChangeSettings()
  const about = useQuery({ queryKey: ['about'], queryFn: ({ signal }) => ipc.settings.about({}, { signal }) })
  return (
    <>
      <PageHead title="Settings" lined />
      <div className="scroll">
        <div className={styles.page}>
          <Group
            title="Appearance"
            text="Kept for this computer. The system’s wish for less motion and more contrast is followed."
          >
            <Line label="Theme">
              <Segmented
                label="Theme"
                value={settings.theme}
                onChange={(theme) => change.mutate({ theme })}
                options={[
                  { value: 'system', label: 'System', icon: <Monitor /> },
                  { value: 'light', label: 'Light', icon: <Sun /> },
                  { value: 'dark', label: 'Dark', icon: <Moon /> },
                ]}
              />
            </Line>
            <Line label="Density">
              <Segmented
                label="Density"
                value={settings.density}
                onChange={(density) => change.mutate({ density })}
                options={[
                  { value: 'compact', label: 'Compact' },
                  { value: 'default', label: 'Default' },
                  { value: 'comfortable', label: 'Comfortable' },
                ]}
              />
            </Line>
            {change.error && <FailedCallout error={change.error} />}
          </Group>
          <Group title="Network" text="How Hangar and flyctl reach Fly.io.">
            <NetworkSettings settings={settings} />
          </Group>
          <Group title="flyctl" text="Builds, deploys and terminals run through it.">
            <SettingText
              settings={settings}
              name="flyctlPath"
              label="Path"
              help={about.data ? `In use: ${about.data.flyctl}` : 'Empty: looked for on PATH and in ~/.fly/bin.'}
              placeholder="Found by itself"
            />
          </Group>
          <Group title="Files" text="Everything Hangar writes on this computer. Tokens are in none of them.">
            {about.data && <SettingsFiles about={about.data} />}
            {about.error && <FailedCallout error={about.error} onRetry={() => void about.refetch()} />}
          </Group>
          <Group title="About" text="Free software under the MIT licence. It sends nothing about you anywhere.">
            {about.data && (
              <p className="small t2 select-text">
                Hangar {about.data.version} on {about.data.runtime}
              </p>
            )}
          </Group>
        </div>
      </div>
    </>
  )
}

function Group({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className={styles.group}>
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      <div className={styles.controls}>{children}</div>
    </section>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <span>{label}</span>
      {children}
    </div>
  )
}
