import type { ReactNode } from 'react'
import styles from './frame.module.css'

interface FrameProps {
  sidebar: ReactNode
  titleBar: ReactNode
  banners: ReactNode
  inspector: ReactNode
  dock: ReactNode
  status: ReactNode
  /** The dock takes the room of the page. */
  dockMaximised: boolean
  children: ReactNode
}

/** Sidebar | work over dock | inspector, under a title bar and over a status bar. */
export function Frame({ sidebar, titleBar, banners, inspector, dock, status, dockMaximised, children }: FrameProps) {
  return (
    <div className={styles.app} data-dock-maximised={dockMaximised}>
      {sidebar}
      {titleBar}
      <div className={styles.note}>{banners}</div>
      <main className={styles.main} id="main" tabIndex={-1} hidden={dockMaximised}>
        {children}
      </main>
      {dock}
      {inspector && <div className={styles.inspector}>{inspector}</div>}
      {status}
    </div>
  )
}
