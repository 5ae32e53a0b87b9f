/** A title longer than this is no title. */
const TITLE_LENGTH = 256

const IGNORED_INSIDE = /[^\P{Cc}\u007f-\u009f]/gu
/** C1 controls, and the marks that turn or hide text: a title could show one thing and mean another. */
const DECEIVING = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/g

/**
 * The body of an OSC (between `ESC ]` and its end) as it may reach the terminal; undefined = not at all.
 * Dropped: clipboard access (52) and anything without a plain number. A link that is not https loses its target.
 */
export function cleanOsc(body: string): string | undefined {
  // A terminal skips C0 controls inside an OSC, so "5\n2;" is 52 to it: read what it will read.
  const text = body.replace(IGNORED_INSIDE, '')
  const number = /^(\d{1,9})(?:;|$)/.exec(text)?.[1]
  if (number === undefined) return undefined
  switch (Number(number)) {
    case 0:
    case 1:
    case 2:
      return cleanTitle(number, text)
    case 8:
      return isLinkAllowed(text) ? text : `${number};;`
    case 52:
      return undefined
    default:
      return text
  }
}

function cleanTitle(number: string, text: string): string {
  const title = text.slice(number.length + 1).replace(DECEIVING, '')
  return `${number};${Array.from(title).slice(0, TITLE_LENGTH).join('')}`
}

/** `8;params;uri`: an empty uri closes a link. */
function isLinkAllowed(text: string): boolean {
  const [, , ...uri] = text.split(';')
  return uri.join(';') === '' || isHttpsLink(uri.join(';'))
}

/** Whether a terminal's link may be offered at all: https, without a user name that could dress up as the host. */
export function isHttpsLink(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && url.protocol === 'https:' && url.username === '' && url.password === ''
}
