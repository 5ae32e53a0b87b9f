/** JSON as flyctl writes it: four spaces, and the characters that HTML minds are escaped. */
export const goJson = (value: unknown, indent = 4): string =>
  JSON.stringify(value, null, indent).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)
