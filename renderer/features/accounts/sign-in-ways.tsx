import { CircleCheck, CircleX, FlaskConical, KeyRound, SquareTerminal } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import type { Session } from '#shared/contracts/accounts.ts'
import styles from './sign-in-ways.module.css'
import { tokenSummary } from './token-words.ts'
import type { SignInState } from './use-sign-in.ts'

interface SignInWaysProps {
  session: Session
  state: SignInState
}

const CREATE_TOKEN = 'fly tokens create org -x 2160h'

export function SignInWays({ session, state }: SignInWaysProps) {
  const { inspect, look, demo } = state
  const from = inspect.variables
  const report = inspect.data
  const line = <ResultLine state={state} />
  const fromFlyctl = from === 'flyctl'
  return (
    <>
      <div className={styles.way} data-chosen={!fromFlyctl}>
        <KeyRound size={20} />
        <b>Paste a token</b>
        <p>Any kind: org, deploy, read-only, personal</p>
        <div className={styles.token}>
          <div className="row">
            <input
              className={styles.field}
              aria-label="Fly.io token"
              readOnly
              placeholder="Copy a token, then paste it here"
              value={report && !fromFlyctl ? `•••••••••••••••••••••••• ${report.ending}` : ''}
              onDrop={(event) => event.preventDefault()}
              // biome-ignore lint/a11y/noAutofocus: the first thing asked on the first screen
              autoFocus
            />
            <Button
              size="l"
              variant={report ? 'default' : 'primary'}
              disabled={inspect.isPending}
              onClick={() => look('clipboard')}
            >
              {report && !fromFlyctl ? 'Paste another' : 'Paste'}
            </Button>
          </div>
          {!fromFlyctl && line}
        </div>
      </div>
      <FlyctlWay flyctl={session.flyctl} busy={inspect.isPending} onUse={() => look('flyctl')}>
        {fromFlyctl && line}
      </FlyctlWay>
      <div className={styles.way}>
        <FlaskConical size={20} />
        <b>Explore the demo fleet</b>
        <p>Simulated machines on this computer, no account</p>
        <Button disabled={demo.isPending} onClick={() => demo.mutate()}>
          {demo.isPending ? 'Starting' : 'Explore'}
        </Button>
        {demo.error && (
          <div className={styles.token}>
            <Problem>{demo.error.message}</Problem>
          </div>
        )}
      </div>
      <p className={styles.hint}>
        No token yet? <code className="select-text">{CREATE_TOKEN}</code>
        <CopyButton text={CREATE_TOKEN} label="Copy the command" />
      </p>
    </>
  )
}

interface FlyctlWayProps {
  flyctl: Session['flyctl']
  busy: boolean
  onUse: () => void
  children: ReactNode
}

function FlyctlWay({ flyctl, busy, onUse, children }: FlyctlWayProps) {
  if (flyctl.status === 'absent') return null
  return (
    <div className={styles.way} data-chosen={Boolean(children)}>
      <SquareTerminal size={20} />
      <b>Use the flyctl login</b>
      <p>
        {flyctl.status === 'too-old'
          ? `flyctl ${flyctl.version} is too old to deploy with (needs ${flyctl.minimum}); its login still works`
          : `From flyctl ${flyctl.version} on this computer`}
      </p>
      <Button disabled={busy} onClick={onUse}>
        Use it
      </Button>
      {children && <div className={styles.token}>{children}</div>}
    </div>
  )
}

function ResultLine({ state: { inspect } }: { state: SignInState }) {
  if (inspect.isPending)
    return (
      <p className="small t2" role="status">
        Asking Fly.io what this token is
      </p>
    )
  if (inspect.error) return <Problem>{inspect.error.message}</Problem>
  if (!inspect.data) return null
  return (
    <p className={styles.result} role="status">
      <CircleCheck size={14} className="c-ok" />
      {tokenSummary(inspect.data)}
    </p>
  )
}

function Problem({ children }: { children: ReactNode }) {
  return (
    <p className={styles.result} data-problem role="alert">
      <CircleX size={14} className="c-bad" />
      <span>{children}</span>
    </p>
  )
}
