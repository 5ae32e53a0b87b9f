import { createHmac, timingSafeEqual } from 'node:crypto'

export const hmac = (hash: 'sha256' | 'sha384' | 'sha512', key: Buffer, text: Buffer) =>
  createHmac(hash, key).update(text).digest()

export const sameBytes = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)
