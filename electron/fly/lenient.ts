import { z } from 'zod'

// Fly's answers grow fields, miss documented ones and put null where nothing is. What is not needed
// must never make an answer unreadable; what is needed stays required.

/** The value, or undefined for null, for nothing and for what does not fit. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)

/** The items that fit. Go writes an empty list as null. */
export const itemsOf = <T extends z.ZodType>(schema: T) =>
  z
    .array(z.unknown())
    .nullish()
    .transform((items) =>
      (items ?? []).flatMap((item) => {
        const parsed = schema.safeParse(item)
        return parsed.success ? [parsed.data] : []
      }),
    )

/** The same for a list that may be missing or something else. */
export const maybeItemsOf = <T extends z.ZodType>(schema: T) => itemsOf(schema).catch([])

/** RFC 3339 as ms since 1970; 0 where Fly gave none. */
export const Time = z
  .string()
  .transform((text) => Date.parse(text))
  .pipe(z.number())
  .catch(0)

/** Text by text, without what is not text. */
export const Texts = z
  .record(z.string(), z.unknown())
  .nullish()
  .catch({})
  .transform((texts) => {
    const kept: Record<string, string> = {}
    for (const [name, text] of Object.entries(texts ?? {})) if (typeof text === 'string') kept[name] = text
    return kept
  })
