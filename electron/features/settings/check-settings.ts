import { X509Certificate } from 'node:crypto'
import { access, constants, readFile } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { AppError } from '#shared/ipc/errors.ts'
import type { SettingsChange } from './settings-file.ts'

/** Throws `invalid-input` for a file that cannot do what it is set for, before it is saved. */
export async function checkSettings({ caFile, flyctlPath }: SettingsChange): Promise<void> {
  if (caFile) await checkCertificates(caFile)
  if (flyctlPath) await checkProgram(flyctlPath)
}

async function checkCertificates(file: string): Promise<void> {
  if (!isAbsolute(file)) throw new AppError('invalid-input', 'Give the whole path of the certificate file.')
  try {
    // Throws for anything that is not PEM.
    new X509Certificate(await readFile(file))
  } catch (cause) {
    throw new AppError('invalid-input', `${file} is not a readable PEM file with certificates.`, { cause })
  }
}

async function checkProgram(file: string): Promise<void> {
  if (!isAbsolute(file)) throw new AppError('invalid-input', 'Give the whole path of flyctl.')
  try {
    await access(file, constants.X_OK)
  } catch (cause) {
    throw new AppError('invalid-input', `${file} is not a program that can be started.`, { cause })
  }
}
