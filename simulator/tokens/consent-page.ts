import type { Answer } from '../http/route.ts'
import type { LoginSession } from './session.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:26rem;padding:0 1rem;color-scheme:light dark}
form{display:inline}button{font:inherit;padding:.5rem 1rem;margin-right:.5rem;cursor:pointer}code{font-size:1.25em}`

function page(status: number, title: string, content: string): Answer {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<h1>${escaped(title)}</h1>
${content}
</html>
`
  return { status, body: html, headers: { 'content-type': 'text/html; charset=utf-8' } }
}

/** Asks the person whether this computer may act for them. */
export function askPage({ id, name, signup }: LoginSession, email: string): Answer {
  const computer = name === '' ? 'A computer' : `<strong>${escaped(name)}</strong>`
  return page(
    200,
    signup ? 'Create an account' : 'Connect this computer?',
    `<p>${computer} asks to sign in as <strong>${escaped(email)}</strong>. It could then do everything you may do, in every organization.</p>
<p>Only confirm when you began this yourself.</p>
<form method="post" action="/app/auth/cli/${escaped(id)}/confirm"><button>Confirm</button></form>
<form method="post" action="/app/auth/cli/${escaped(id)}/deny"><button>Deny</button></form>`,
  )
}

/** Tells the waiting client over loopback, and shows the code for one that cannot be reached. */
export function confirmedPage({ proof }: LoginSession, code: string): Answer {
  if (!proof) return page(200, 'Signed in', '<p>You can close this page and go back to where you came from.</p>')
  const query = new URLSearchParams({ code, state: proof.state })
  const notify = proof.port
    ? `<script>fetch(${JSON.stringify(`http://127.0.0.1:${proof.port}/callback?${query}`)},{mode:'no-cors'}).catch(() => {})</script>`
    : ''
  return page(200, 'Signed in', `<p>If you are asked for a code, it is <code>${escaped(code)}</code></p>\n${notify}`)
}

export const deniedPage = () => page(200, 'Not signed in', '<p>Nothing was allowed. You can close this page.</p>')

export const gonePage = () => page(404, 'This login is over', '<p>It has expired or was used. Begin again.</p>')
