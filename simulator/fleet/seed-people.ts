import type { World } from '../world/world.ts'

const DAY = 24 * 3_600_000

/** Who is in the organisations of the demo: one person in both, three colleagues in the product's. */
export function seedPeople({ people, organizations }: World): void {
  for (const { rawSlug, personal, createdAt } of organizations) {
    people.add(rawSlug, { email: 'usr_1001@hangar.example', role: 'ADMIN', joinedAt: createdAt })
    if (personal) continue
    people.add(rawSlug, { email: 'usr_1002@hangar.example', role: 'ADMIN', joinedAt: createdAt + 3 * DAY })
    people.add(rawSlug, { email: 'usr_1003@hangar.example', role: 'MEMBER', joinedAt: createdAt + 90 * DAY })
    people.add(rawSlug, { email: 'usr_1004@hangar.example', role: 'MEMBER', joinedAt: createdAt + 400 * DAY })
  }
}
