/** Somebody in an organisation. */
export interface Member {
  email: string
  role: 'ADMIN' | 'MEMBER'
  joinedAt: number
}

export interface Invitation {
  id: string
  email: string
  inviter: string
  /** `rawSlug` */
  org: string
  createdAt: number
}

/** Who belongs to which organisation, by its `rawSlug`. */
export interface People {
  members(org: string): Member[]
  add(org: string, member: Member): void
  /** False when nobody has this address. */
  remove(org: string, email: string): boolean
  /** Invited, and not yet there: nobody at the other end ever accepts. */
  invitations: Invitation[]
}

export function createPeople(): People {
  const byOrg = new Map<string, Member[]>()
  const members = (org: string) => byOrg.get(org) ?? []
  return {
    members,
    invitations: [],
    add: (org, member) => void byOrg.set(org, [...members(org), member]),
    remove(org, email) {
      const rest = members(org).filter((member) => member.email !== email)
      const found = rest.length < members(org).length
      byOrg.set(org, rest)
      return found
    },
  }
}
