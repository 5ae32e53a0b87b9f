import { FolderOpen, Rocket } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { FailedState } from '#renderer/ui/failed.tsx'
import { PageHead } from '#renderer/ui/page-head.tsx'
import type { Deployment } from '#shared/contracts/deploys.ts'
import { recentFolders } from './deploy-time.ts'
import { DeploymentView } from './deployment-view.tsx'
import styles from './deploys.module.css'
import { HistoryTable } from './history-table.tsx'
import { NewDeploy } from './new-deploy.tsx'
import { useChooseFolder, useDeployHistory } from './queries.ts'
import { RecentFolders } from './recent-folders.tsx'

interface DeploysPageProps {
  /** Deploy to this app, as chosen elsewhere; absent = the one fly.toml names. */
  app?: string | undefined
  deploymentId: string | undefined
  /** Undefined = back to the list. */
  onOpenDeployment: (deploymentId: string | undefined) => void
  onOpenLogs: (target: { app: string }) => void
}

export function DeploysPage({ app, deploymentId, onOpenDeployment, onOpenLogs }: DeploysPageProps) {
  const history = useDeployHistory()
  const [chosen, setChosen] = useState<string>()
  const deployments = history.latest ?? []
  const folder = chosen ?? (app === undefined ? undefined : lastFolderOf(app, deployments))

  if (deploymentId !== undefined) {
    return (
      <DeploymentView
        key={deploymentId}
        id={deploymentId}
        history={deployments}
        onBack={() => onOpenDeployment(undefined)}
        onOpenLogs={onOpenLogs}
        onAgain={(again) => {
          setChosen(again)
          onOpenDeployment(undefined)
        }}
      />
    )
  }
  if (history.status === 'failed' && !history.latest)
    return <FailedState title="Cannot read the history" error={history.error} onRetry={history.retry} />
  return (
    <DeployHome
      app={app}
      folder={folder}
      deployments={deployments}
      loading={history.latest === undefined}
      onFolder={setChosen}
      onOpenDeployment={onOpenDeployment}
    />
  )
}

interface DeployHomeProps {
  app: string | undefined
  folder: string | undefined
  deployments: readonly Deployment[]
  loading: boolean
  onFolder: (folder: string) => void
  onOpenDeployment: (id: string) => void
}

function DeployHome({ app, folder, deployments, loading, onFolder, onOpenDeployment }: DeployHomeProps) {
  const choose = useChooseFolder(onFolder)
  const primary = folder === undefined
  const button = (
    <Button variant={primary ? 'primary' : 'default'} icon={<FolderOpen size={14} />} onClick={() => choose.mutate()}>
      {primary ? 'Choose a folder' : 'Choose another folder'}
    </Button>
  )
  const hasHistory = loading || deployments.length > 0
  const isEmpty = primary && !hasHistory
  return (
    <>
      <PageHead
        title={app === undefined ? 'Deploys' : `Deploy to ${app}`}
        actions={!isEmpty && !loading && button}
        lined
      />
      {folder !== undefined && <NewDeploy key={folder} folder={folder} app={app} onStarted={onOpenDeployment} />}
      {folder === undefined && <RecentFolders folders={recentFolders(deployments)} onChoose={onFolder} />}
      {choose.isError && (
        <p role="alert" className={styles.note}>
          {choose.error.message}
        </p>
      )}
      {isEmpty && (
        <EmptyState icon={<Rocket />} title="Nothing deployed from here yet" actions={button}>
          <p>Choose the folder of a project with a fly.toml. Before anything runs, Hangar says what will happen.</p>
        </EmptyState>
      )}
      {hasHistory && <HistoryTable deployments={deployments} loading={loading} onOpen={onOpenDeployment} />}
    </>
  )
}

const lastFolderOf = (wanted: string, deployments: readonly Deployment[]): string | undefined =>
  deployments.find(({ app }) => app === wanted)?.folder
