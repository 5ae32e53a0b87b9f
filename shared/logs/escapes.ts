const ESC = '\u001b'
/** Longest colour sequence that is kept; real ones are below 30 characters. */
const COLOUR = /^\[[0-9;:]{0,60}m/
const CONTROL = /^\[[0-?]*[ -/]*[@-~]?/
const OTHER = /^[ -/]*[0-~]?/

/** The text with its colours (SGR) and without every other escape and control; tabs and newlines stay. */
export const keepColours = (text: string): string => strip(text, true)

/** The text alone. */
export const plainText = (text: string): string => strip(text, false)

function strip(text: string, colours: boolean): string {
  if (!/\p{Cc}/u.test(text)) return text
  const [first = '', ...rest] = withoutC1(text).split(ESC)
  let kept = withoutControls(first)
  for (const part of rest) {
    const colour = colours ? COLOUR.exec(part)?.[0] : undefined
    kept += colour === undefined ? afterEscape(part) : ESC + colour + withoutControls(part.slice(colour.length))
  }
  return kept
}

/** What is left of the text behind an ESC once its sequence is gone. Strings end at BEL or at the next ESC. */
function afterEscape(part: string): string {
  const [letter] = part
  if (letter === '[') return withoutControls(part.replace(CONTROL, ''))
  if (letter === ']') return part.includes('\u0007') ? withoutControls(part.slice(part.indexOf('\u0007') + 1)) : ''
  if (letter === 'P' || letter === 'X' || letter === '^' || letter === '_') return ''
  return withoutControls(part.replace(OTHER, ''))
}

/** C1 controls are escapes in one character: U+009B is `ESC [`. */
const withoutC1 = (text: string) =>
  text.replace(/[\u0080-\u009f]/g, (control) => ESC + String.fromCharCode(control.charCodeAt(0) - 0x40))

/** A lone carriage return starts a line over; as a log line it is a new one. */
const withoutControls = (text: string) =>
  text.replace(/\r+\n?/g, '\n').replace(/\p{Cc}/gu, (control) => (control === '\n' || control === '\t' ? control : ''))
