import { useMutation } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import type { Consequence } from '#renderer/ui/consequences.tsx'
import { TypedConfirm } from '#renderer/ui/typed-confirm.tsx'
import type { Account } from '#shared/contracts/accounts.ts'

interface SignOutDialogProps {
  account: Account
  open: boolean
  onClose: () => void
}

export function SignOutDialog({ account, open, onClose }: SignOutDialogProps) {
  const { accounts } = useIpc()
  const signOut = useMutation({ mutationFn: () => accounts.signOut({ id: account.id }), onSuccess: onClose })
  return (
    <TypedConfirm
      open={open}
      onClose={onClose}
      icon={<LogOut />}
      title={account.demo ? 'Leave the demo?' : `Sign out of ${account.label}?`}
      consequences={consequencesOf(account)}
      keepLabel="Stay"
      confirmLabel={account.demo ? 'Leave the demo' : 'Sign out'}
      busy={signOut.isPending}
      problem={signOut.error?.message}
      onConfirm={() => signOut.mutate()}
    />
  )
}

function consequencesOf({ demo, kept, ending }: Account): Consequence[] {
  const picture: Consequence = {
    tone: 'off',
    text: 'The saved picture of its machines is forgotten',
    detail: 'Nothing changes on Fly.io: machines, volumes and running work stay as they are.',
  }
  if (demo)
    return [{ tone: 'off', text: 'The simulated fleet ends', detail: 'The next demo begins afresh. Nothing was real.' }]
  return [
    {
      tone: 'busy',
      text: kept === 'keychain' ? 'The token leaves the keychain' : 'The token is forgotten',
      detail: `It ends in …${ending}. Fly.io still accepts it until you revoke it there.`,
    },
    picture,
    { tone: 'warn', text: 'Open terminals of this account end' },
  ]
}
