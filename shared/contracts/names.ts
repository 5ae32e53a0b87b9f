import { z } from 'zod'

// These end up in URLs and on command lines, so they may hold nothing that means something there:
// none can begin with a dash or contain a slash.

/** Fly app name: one global namespace, lower case, digits and dashes. */
export const AppName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Use lower-case letters, digits and dashes.')
/** Machine id: 14 hex characters today; any short alphanumeric is accepted. */
export const MachineId = z.string().regex(/^[a-z0-9]{1,32}$/)
/** Volume id, `vol_…`. */
export const VolumeId = z.string().regex(/^vol_[a-z0-9]{1,40}$/)
/** Organization slug. `personal` is Fly's alias for the caller's own organization. */
export const OrgSlug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
/** Region code such as `fra`. */
export const RegionCode = z.string().regex(/^[a-z]{3}$/)
/** Image reference, with or without tag and digest. Cannot begin with a dash. */
export const ImageReference = z.string().regex(/^[a-z0-9][\w./:@-]{0,300}$/, 'Not an image reference.')
/** The id of a user of the customer's product, as it stands in machine metadata. */
export const UserId = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.@+-]{0,63}$/,
    'Use letters, digits and . _ @ + - (at most 64), beginning with a letter or digit.',
  )
/** Environment variable of a machine. Fly refuses names that begin with FLY_ (fly.toml reference). */
export const EnvName = z
  .string()
  .regex(/^(?!FLY_)[A-Za-z_][A-Za-z0-9_]*$/, 'Letters, digits and underscores; must not begin with FLY_.')

/** Milliseconds since 1970. */
export const Timestamp = z.number().int()
/** An exact amount in US dollars, as decimal text: money never becomes a float. */
export const Money = z.string().regex(/^-?\d+(\.\d+)?$/)
