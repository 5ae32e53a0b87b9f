import { Folder } from 'lucide-react'
import { Button } from '#renderer/ui/button.tsx'
import styles from './deploys.module.css'
import { folderName } from './folder-name.ts'

interface RecentFoldersProps {
  folders: readonly string[]
  onChoose: (folder: string) => void
}

export function RecentFolders({ folders, onChoose }: RecentFoldersProps) {
  if (folders.length === 0) return null
  return (
    <section className={styles.recent} aria-label="Recent folders">
      <h2 className="cap">Recent folders</h2>
      {folders.map((folder) => (
        <Button key={folder} size="s" icon={<Folder size={14} />} title={folder} onClick={() => onChoose(folder)}>
          {folderName(folder)}
        </Button>
      ))}
    </section>
  )
}
