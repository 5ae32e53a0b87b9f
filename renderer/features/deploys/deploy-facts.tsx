import { Check, CircleFadingArrowUp } from 'lucide-react'
import { formatFullTime, formatTime, shortDigest, shortTag } from '#renderer/lib/format.ts'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { type KeyValue, KeyValues } from '#renderer/ui/key-values.tsx'
import { Section } from '#renderer/ui/section.tsx'
import type { Deployment } from '#shared/contracts/deploys.ts'
import { machinesOf } from './deploy-time.ts'
import styles from './deploys.module.css'

/** More cells than this say nothing that the count does not. */
const MAX_CELLS = 48
/** Narrow, so that a digest and its copy button fit beside it. */
const LABEL_PX = 52

export function DeployFacts({ deployment }: { deployment: Deployment }) {
  const { app, org, folder, by, startedAt, exitCode } = deployment
  const rows: (KeyValue | false)[] = [
    { label: 'App', value: org === undefined ? app : `${app}, ${org}` },
    { label: 'Way', value: 'Fly builds and deploys' },
    { label: 'Folder', value: folder, mono: true, title: folder },
    { label: 'By', value: by, title: by },
    { label: 'Began', value: formatTime(startedAt, Date.now()), title: formatFullTime(startedAt) },
    exitCode !== undefined && { label: 'flyctl', value: `exit ${exitCode}` },
  ]
  return (
    <aside className={styles.facts} aria-label="Facts">
      <Section title="What">
        <KeyValues rows={rows.filter((row) => row !== false)} labelWidth={LABEL_PX} />
      </Section>
      <ImageFacts deployment={deployment} />
      <MachineCells deployment={deployment} />
      {deployment.status === 'deploying' && (
        <Section title="If it fails">
          <p className="small t2">
            flyctl stops at the first machine that does not become healthy. The others keep the image they run.
          </p>
        </Section>
      )}
    </aside>
  )
}

export function ImageFacts({ deployment: { image, digest } }: { deployment: Deployment }) {
  if (image === undefined) return null
  const tag = image.slice(image.lastIndexOf(':') + 1)
  return (
    <Section title="Image">
      <KeyValues
        labelWidth={LABEL_PX}
        rows={[
          {
            label: 'Tag',
            value: <Copyable text={image} shown={shortTag(tag)} label="Copy image" />,
            mono: true,
            title: image,
          },
          ...(digest === undefined
            ? []
            : [
                {
                  label: 'Digest',
                  value: <Copyable text={digest} shown={shortDigest(digest)} label="Copy digest" />,
                  mono: true,
                  title: digest,
                },
              ]),
        ]}
      />
    </Section>
  )
}

function Copyable({ text, shown, label }: { text: string; shown: string; label: string }) {
  return (
    <span className={styles.copyable}>
      {shown}
      <CopyButton text={text} label={label} />
    </span>
  )
}

/** One square for each machine, in the order they change. */
function MachineCells({ deployment }: { deployment: Deployment }) {
  const machines = machinesOf(deployment)
  if (!machines) return null
  const { done, total } = machines
  const running = deployment.status === 'deploying'
  return (
    <Section title="Machines" aside={`${done} of ${total}`}>
      {total <= MAX_CELLS && (
        <div className={styles.cells} aria-hidden>
          {Array.from({ length: total }, (_, index) => (
            <MachineCell key={index.toString()} index={index} done={done} running={running} />
          ))}
        </div>
      )}
    </Section>
  )
}

function MachineCell({ index, done, running }: { index: number; done: number; running: boolean }) {
  if (index < done)
    return (
      <span data-tone="ok" className={styles.cell} title="updated">
        <Check size={14} />
      </span>
    )
  if (index === done && running)
    return (
      <span data-tone="busy" className={styles.cell} title="updating">
        <CircleFadingArrowUp size={14} />
      </span>
    )
  return <span className={styles.waitingCell}>{index + 1}</span>
}
