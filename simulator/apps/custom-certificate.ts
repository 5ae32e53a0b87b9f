import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { FlyError } from '../http/fly-error.ts'

/** What is kept of an uploaded certificate. The private key is looked at and forgotten. */
export interface CustomCertificate {
  issuer: string
  /** Milliseconds since 1970. */
  expiresAt: number
  createdAt: number
}

interface Upload {
  hostname: string
  fullchain: string
  privateKey: string
  now: number
}

function readCertificate(fullchain: string): X509Certificate {
  try {
    return new X509Certificate(fullchain)
  } catch {
    throw new FlyError(422, 'fullchain is not a certificate in PEM')
  }
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new FlyError(422, 'private_key is not a private key in PEM')
  }
}

/** Reads an uploaded certificate; 422 says what is wrong with it. */
export function readCustomCertificate({ hostname, fullchain, privateKey, now }: Upload): CustomCertificate {
  const certificate = readCertificate(fullchain)
  if (!certificate.checkPrivateKey(readKey(privateKey))) {
    throw new FlyError(422, 'private_key does not belong to the certificate')
  }
  // OpenSSL matches names, not patterns: a wildcard covers any one label in the place of its star.
  if (certificate.checkHost(hostname.replace('*', 'any-label')) === undefined) {
    throw new FlyError(422, `the certificate is not for ${hostname}`)
  }
  const expiresAt = Date.parse(certificate.validTo)
  if (expiresAt <= now) throw new FlyError(422, `the certificate expired on ${certificate.validTo}`)
  return {
    issuer: /(?:^|\n)(?:O|CN)=(.+)/.exec(certificate.issuer)?.[1] ?? certificate.issuer,
    expiresAt,
    createdAt: now,
  }
}
