import { z } from 'zod'

/** A name a certificate can be for; the first label may be `*`. */
export const Hostname = z
  .string()
  .max(253)
  .regex(/^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/i, 'not a hostname')

export const isWildcard = (hostname: string) => hostname.startsWith('*.')
