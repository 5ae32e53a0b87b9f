import type { Account } from '#shared/contracts/accounts.ts'
import type { Plan } from '#shared/contracts/operations.ts'
import { AppError } from '#shared/ipc/errors.ts'

// Why a change is not begun. Each throws a sentence that says what to do instead.

export function refuseReadOnly({ protection, kind }: Account): void {
  if (kind === 'readonly') {
    throw new AppError('read-only', 'This token may only read. Sign in with an organization token to make changes.')
  }
  if (protection === 'read-only') {
    throw new AppError('read-only', 'This account is read-only. Allow changes in the account menu first.')
  }
}

export function refuseUnconfirmed({ typeToConfirm }: Plan, confirmation: string | undefined): void {
  if (typeToConfirm !== undefined && confirmation?.trim() !== typeToConfirm) {
    throw new AppError('invalid-input', `Type ${typeToConfirm} to confirm.`)
  }
}

export function refuseNothing({ items }: Plan): void {
  const [first] = items
  if (items.every(({ skipped }) => skipped !== undefined)) {
    throw new AppError('invalid-input', `There is nothing to do: ${first?.skipped ?? 'nothing was chosen'}.`)
  }
}
