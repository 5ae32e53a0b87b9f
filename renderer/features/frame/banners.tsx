import { FlaskConical, KeyRound, RotateCw, Unplug, WifiOff } from 'lucide-react'
import { formatCount, formatDuration, formatTime } from '#renderer/lib/format.ts'
import { useNow } from '#renderer/lib/use-now.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Banner } from '#renderer/ui/callout.tsx'
import type { Account, Session } from '#shared/contracts/accounts.ts'
import type { FleetStatus } from '#shared/contracts/fleet.ts'

interface BannersProps {
  account: Account
  problem: Session['problem']
  status: FleetStatus
  machines: number
  onSignIn: () => void
  onRefresh: () => void
}

/** What is true of everything below: a demo, no connection, a revoked token, regions that do not answer. */
export function Banners({ account, problem, status, machines, onSignIn, onRefresh }: BannersProps) {
  return (
    <>
      {account.demo && (
        <Banner
          tone="busy"
          icon={<FlaskConical />}
          actions={
            <Button size="s" onClick={onSignIn}>
              Sign in
            </Button>
          }
        >
          <b>This is a demo.</b>{' '}
          {machines > 0 ? `${formatCount(machines)} simulated machines run` : 'A simulated fleet runs'} on this
          computer. Nothing is real and nothing costs money.
        </Banner>
      )}
      {problem !== 'none' && <AccountProblem problem={problem} onSignIn={onSignIn} />}
      {problem === 'none' && status.connection === 'offline' && <Offline status={status} onRefresh={onRefresh} />}
      {problem === 'none' && status.connection === 'refused' && (
        <Banner
          tone="bad"
          role="alert"
          icon={<KeyRound />}
          actions={
            <Button size="s" onClick={onSignIn}>
              Use another token
            </Button>
          }
        >
          <b>Fly.io refuses this account.</b> {status.problem?.message ?? 'You see the saved picture.'}
        </Banner>
      )}
      {status.errorRegions.length > 0 && (
        <Banner tone="warn" icon={<Unplug />}>
          <b>Fly.io cannot answer for {status.errorRegions.join(', ')}.</b> Machines there are shown as they were last
          seen; none is taken for gone.
        </Banner>
      )}
    </>
  )
}

const PROBLEMS: Readonly<Record<Exclude<Session['problem'], 'none'>, readonly [string, string]>> = {
  revoked: ['Fly.io no longer accepts this token.', 'It was revoked or has ended. You see the picture saved last.'],
  'keychain-locked': ['The keychain is locked.', 'Unlock it and switch to this account again, or sign in anew.'],
  'token-missing': [
    'The token of this account is not in the keychain any more.',
    'Sign in with it, or with another one.',
  ],
}

function AccountProblem({ problem, onSignIn }: { problem: Exclude<Session['problem'], 'none'>; onSignIn: () => void }) {
  const [what, next] = PROBLEMS[problem]
  return (
    <Banner
      tone="bad"
      role="alert"
      icon={<KeyRound />}
      actions={
        <Button size="s" onClick={onSignIn}>
          Sign in again
        </Button>
      }
    >
      <b>{what}</b> {next}
    </Banner>
  )
}

function Offline({ status, onRefresh }: Pick<BannersProps, 'status' | 'onRefresh'>) {
  const now = useNow()
  const { updatedAt, problem } = status
  // With a status it was an answer, if a bad one: the network is not to be looked at.
  const answered = problem?.request?.status !== undefined
  return (
    <Banner
      tone="warn"
      icon={<WifiOff />}
      actions={
        <Button size="s" icon={<RotateCw />} onClick={onRefresh}>
          Now
        </Button>
      }
    >
      <b>
        {answered ? 'Fly.io does not answer as it should' : 'No connection to Fly.io'}
        {updatedAt ? ` since ${formatTime(updatedAt, now)}` : ''}.
      </b>{' '}
      {updatedAt
        ? `You see the picture saved then, ${formatDuration(now - updatedAt)} ago. It is tried again by itself.`
        : 'It is tried again by itself.'}
    </Banner>
  )
}
