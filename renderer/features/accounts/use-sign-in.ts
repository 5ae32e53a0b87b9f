import { useMutation } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import type { TokenReport } from '#shared/contracts/accounts.ts'

type Keep = 'keychain' | 'session'

interface SignIn {
  report: TokenReport
  keep: Keep
  readOnly: boolean
}

/** The three ways in, and the last step they share. A new look at a token forgets the one before. */
export function useSignIn(onSignedIn: () => void) {
  const { accounts } = useIpc()
  const inspect = useMutation({
    mutationFn: (from: 'clipboard' | 'flyctl') =>
      from === 'clipboard' ? accounts.inspectClipboard({}) : accounts.inspectFlyctlLogin({}),
  })
  const signIn = useMutation({
    mutationFn: async ({ report, keep, readOnly }: SignIn) => {
      const account = await accounts.signIn({ candidateId: report.candidateId, keep })
      if (readOnly) await accounts.setProtection({ id: account.id, protection: 'read-only' })
    },
    onSuccess: onSignedIn,
  })
  const demo = useMutation({ mutationFn: () => accounts.exploreDemo({}), onSuccess: onSignedIn })
  const { mutate: startInspect } = inspect
  const { reset: resetSignIn } = signIn
  const { reset: resetDemo } = demo
  const look = useCallback(
    (from: 'clipboard' | 'flyctl') => {
      resetSignIn()
      resetDemo()
      startInspect(from)
    },
    [resetSignIn, resetDemo, startInspect],
  )
  return { inspect, look, signIn, demo }
}

export type SignInState = ReturnType<typeof useSignIn>
