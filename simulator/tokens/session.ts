/** A browser login under way. It ends when the token is handed out, when the person denies it, or by time. */
export interface LoginSession {
  id: string
  /** The computer that asks. */
  name: string
  signup: boolean
  metadata: Record<string, unknown>
  expiresAt: number
  /** Set when the client proves with a secret of its own that it began this login (RFC 7636). */
  proof?: { challenge: string; state: string; port?: number }
  stage: { name: 'waiting' } | { name: 'confirmed'; code: string; token: string }
}
