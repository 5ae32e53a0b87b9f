import { ChevronsUpDown, LogOut, Plus, Shield, ShieldCheck, ShieldOff } from 'lucide-react'
import { useState } from 'react'
import { Mark } from '#renderer/ui/mark.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import type { MenuEntry } from '#renderer/ui/menu-items.ts'
import type { Account, Session } from '#shared/contracts/accounts.ts'
import styles from './account-switcher.module.css'
import { SignOutDialog } from './sign-out-dialog.tsx'
import { accountSubtitle } from './token-words.ts'
import { useAccountActions } from './use-account-actions.ts'

interface AccountSwitcherProps {
  session: Session
  account: Account
  onAdd: () => void
}

const PROTECTIONS = [
  { protection: 'none', label: 'Ask only before what cannot be undone', icon: <ShieldOff /> },
  { protection: 'protected', label: 'Protected: type to confirm', icon: <Shield /> },
  { protection: 'read-only', label: 'Read-only: refuse every change', icon: <ShieldCheck /> },
] as const

/** Who you act as; the menu changes that. */
export function AccountSwitcher({ session, account, onAdd }: AccountSwitcherProps) {
  const [leaving, setLeaving] = useState(false)
  const actions = useAccountActions()
  const items: MenuEntry[] = [
    { kind: 'label', label: 'Accounts' },
    ...session.accounts.map((other) => ({
      label: other.label,
      hint: accountSubtitle(other),
      checked: other.id === account.id,
      onSelect: () => other.id !== account.id && actions.switchTo(other.id),
    })),
    { label: 'Add another account', icon: <Plus />, onSelect: onAdd },
    { kind: 'separator' },
    { kind: 'label', label: 'Changes with this account' },
    ...PROTECTIONS.map(({ protection, label, icon }) => ({
      label,
      icon,
      checked: account.protection === protection,
      onSelect: () => actions.protect(account.id, protection),
    })),
    { kind: 'separator' },
    {
      label: account.demo ? 'Leave the demo' : `Sign out of ${account.label}`,
      icon: <LogOut />,
      onSelect: () => setLeaving(true),
    },
  ]
  return (
    <>
      <Menu
        items={items}
        trigger={
          <button
            type="button"
            className={styles.switcher}
            aria-label={`Account: ${account.label} ${accountSubtitle(account)}`}
          >
            <Mark />
            <span className={styles.who}>
              <b className="cut">{account.label}</b> <span className="micro t3 cut">{accountSubtitle(account)}</span>
            </span>
            <ChevronsUpDown size={14} />
          </button>
        }
      />
      <SignOutDialog account={account} open={leaving} onClose={() => setLeaving(false)} />
    </>
  )
}
