import { Check, Eye, KeyRound, Lock, Shield, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { Checkbox, Radios } from '#renderer/ui/choice.tsx'
import { FailedCallout } from '#renderer/ui/failed.tsx'
import { KeyValues } from '#renderer/ui/key-values.tsx'
import type { Session, TokenReport } from '#shared/contracts/accounts.ts'
import styles from './token-panel.module.css'
import { actsAs, listOf, tokenKindWord, tokenMay } from './token-words.ts'
import type { SignInState } from './use-sign-in.ts'

interface TokenPanelProps {
  session: Session
  state: SignInState
}

/** What the token is, what Hangar will do with it, and the last step. */
export function TokenPanel({ session, state }: TokenPanelProps) {
  const report = state.inspect.data
  return (
    <aside className={styles.panel} aria-label="What this token is">
      {report ? (
        <Known key={report.candidateId} report={report} session={session} state={state} />
      ) : (
        <Promises keychain={session.keychain} />
      )}
    </aside>
  )
}

function Known({ report, session, state }: TokenPanelProps & { report: TokenReport }) {
  const available = session.keychain === 'available'
  const [keep, setKeep] = useState<'keychain' | 'session'>(available ? 'keychain' : 'session')
  const [readOnly, setReadOnly] = useState(false)
  const chosen = available ? keep : 'session'
  const { signIn } = state
  return (
    <>
      <Part title="This token">
        <KeyValues
          labelWidth={112}
          rows={[
            { label: 'Kind', value: tokenKindWord(report.kind) },
            {
              label: report.organizations.length > 1 ? 'Organizations' : 'Organization',
              value: listOf(report.organizations.map(({ name }) => name)) || 'none it may name',
              title: report.organizations.map(({ slug }) => slug).join(', '),
            },
            ...(report.apps.length > 0 ? [{ label: 'Apps', value: listOf(report.apps), wrap: true }] : []),
            { label: 'Acts as', value: actsAs(report), wrap: true },
            { label: 'Ends in', value: `…${report.ending}`, mono: true },
          ]}
        />
      </Part>
      <Part title="It may" tone="ok">
        <Lines lines={tokenMay(report)} icon={<Check className="c-ok" />} />
      </Part>
      {report.cannot.length > 0 && (
        <Part title="It may not">
          <Lines lines={report.cannot} icon={<X className="t3" />} />
        </Part>
      )}
      <Part title="Where it is kept">
        {!available && <p className={styles.why}>{whyNoKeychain(session.keychain)}</p>}
        <Radios
          label="Where the token is kept"
          value={chosen}
          onChange={setKeep}
          options={[
            {
              value: 'keychain',
              label: 'In this system’s keychain',
              help: 'Nowhere else. Hangar opens with this account next time.',
              disabled: !available,
            },
            {
              value: 'session',
              label: 'Only for this session',
              help: 'In memory, forgotten when Hangar quits.',
            },
          ]}
        />
        <div className={styles.readOnly}>
          <Checkbox checked={readOnly} onChange={setReadOnly}>
            Connect read-only <span className="t3">Hangar then refuses every change</span>
          </Checkbox>
        </div>
        {signIn.error && <FailedCallout error={signIn.error} />}
        <Button
          size="l"
          variant="primary"
          icon={<KeyRound />}
          disabled={signIn.isPending}
          onClick={() => signIn.mutate({ report, keep: chosen, readOnly })}
        >
          {chosen === 'session' ? 'Sign in for this session' : 'Sign in'}
        </Button>
      </Part>
    </>
  )
}

function Promises({ keychain }: Pick<Session, 'keychain'>) {
  return (
    <Part title="What Hangar does with a token">
      <ul className={styles.lines}>
        <li>
          <Lock className="t3" />
          <span>
            {keychain === 'available'
              ? 'Keeps it in this system’s keychain, nowhere else'
              : 'Keeps it in memory and forgets it when Hangar quits: there is no keychain it may use'}
          </span>
        </li>
        <li>
          <Eye className="t3" />
          <span>Never shows it to pages, logs or other programs; only flyctl gets it, while it runs</span>
        </li>
        <li>
          <Shield className="t3" />
          <span>Asks for the name to be typed before anything that cannot be undone</span>
        </li>
      </ul>
    </Part>
  )
}

const whyNoKeychain = (keychain: Session['keychain']): string =>
  keychain === 'locked'
    ? 'The keychain of this system is locked and was not unlocked. Unlock it to keep the token there.'
    : 'This system has no keychain that Hangar could keep the token in, and it writes tokens nowhere else.'

function Part({ title, tone, children }: { title: string; tone?: 'ok'; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2 className={tone === 'ok' ? 'c-ok' : undefined}>{title}</h2>
      {children}
    </section>
  )
}

function Lines({ lines, icon }: { lines: readonly string[]; icon: ReactNode }) {
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <li key={line}>
          {icon}
          <span>{line}</span>
        </li>
      ))}
    </ul>
  )
}
