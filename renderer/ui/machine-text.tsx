import { GitCompareArrows } from 'lucide-react'
import type { Image } from '#shared/contracts/fleet.ts'
import { CopyButton } from './copy-button.tsx'
import styles from './machine-text.module.css'

/** A machine id as Fly writes it, with its copy button. */
export function MachineIdText({ id }: { id: string }) {
  return (
    <span className={styles.id}>
      <code className="select-text">{id}</code>
      <CopyButton text={id} label="Copy machine id" />
    </span>
  )
}

interface ImageTagProps {
  image: Image | undefined
  /** Runs another digest than it should. */
  drift?: boolean
}

/** An image by the last six characters of its tag: ULIDs share their front. The whole is in the title. */
export function ImageTag({ image, drift = false }: ImageTagProps) {
  if (!image) return <span className="t3">–</span>
  const full = `${image.repository}${image.tag ? `:${image.tag}` : ''}${image.digest ? `@${image.digest}` : ''}`
  return (
    <span className={styles.image} title={full}>
      <span className="mono">{shortImage(image)}</span>
      {drift && (
        <span className={styles.drift} title="Runs another digest than the rest of its app">
          <GitCompareArrows size={12} />
          <span className={styles.word}>drift</span>
        </span>
      )}
    </span>
  )
}

function shortImage({ tag, digest, repository }: Image): string {
  if (tag) return tag.length > 10 ? `…${tag.slice(-6)}` : tag
  if (digest) return digest.replace(/^sha256:(.{8}).*(.{4})$/, '$1…$2')
  return repository.split('/').at(-1) ?? repository
}
