import { useMutation } from '@tanstack/react-query'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { useToast } from '#renderer/ui/toast.tsx'
import type { Account } from '#shared/contracts/accounts.ts'

/** Switching and protecting show their result in the session; only a failure needs words. */
export function useAccountActions() {
  const { accounts } = useIpc()
  const { failure } = useToast()
  const switching = useMutation({
    mutationFn: (id: string) => accounts.switch({ id }),
    onError: ({ message }) => failure('Cannot switch the account', { text: message }),
  })
  const protecting = useMutation({
    mutationFn: (input: Pick<Account, 'id' | 'protection'>) => accounts.setProtection(input),
    onError: ({ message }) => failure('Cannot change the protection', { text: message }),
  })
  return {
    switchTo: (id: string) => switching.mutate(id),
    protect: (id: string, protection: Account['protection']) => protecting.mutate({ id, protection }),
  }
}
