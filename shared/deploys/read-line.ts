import type { DeployStepName } from '../contracts/deploys.ts'

/** What one line of `flyctl deploy` tells about the deploy. */
export type LineMeaning =
  | { kind: 'step'; step: DeployStepName; detail?: string | undefined }
  | { kind: 'image'; ref: string }
  | { kind: 'digest'; digest: string }
  | { kind: 'size'; size: string }
  | { kind: 'machine'; total: number; id: string; done: boolean }
  | { kind: 'other' }

type Rule = [RegExp, (match: RegExpExecArray) => LineMeaning]

const step = (name: DeployStepName, detail?: string): LineMeaning => ({ kind: 'step', step: name, detail })

/** Lines as flyctl's source prints them (0.4.x, no terminal), by builder and in order of appearance. First match wins. */
const RULES: readonly Rule[] = [
  [/^==> Verifying app config/, () => step('check')],
  [/^==> Building image with Depot/, () => step('build', 'Depot builder')],
  [/^==> Building image with Docker/, () => step('build', 'Docker')],
  [/^==> (Building image|Creating build context)/, () => step('build')],
  [/^Waiting for (depot builder|remote builder .+?)\.\.\./, () => step('build', 'Waiting for the builder')],
  [/^Searching for image '(.+)' (remotely|locally)/, ([, image]) => step('check', `Looking for ${image}`)],
  [/^==> Pushing image to fly/, () => step('push')],
  [
    /^#\d+ (?:[\d.]+ )?pushing manifest for \S+@(sha256:[0-9a-f]{64})/,
    ([, digest = '']) => ({ kind: 'digest', digest }),
  ],
  [/^#\d+ (?:[\d.]+ )?pushing layers/, () => step('push')],
  [/\bdigest: (sha256:[0-9a-f]{64}) size: \d+/, ([, digest = '']) => ({ kind: 'digest', digest })],
  [/^image: (\S+)$/, ([, ref = '']) => ({ kind: 'image', ref })],
  [/^image size: (.+)$/, ([, size = '']) => ({ kind: 'size', size })],
  [/^#\d+ \[(?!internal)\S+ +(\d+)\/(\d+)\]/, ([, at, of]) => step('build', `Step ${at} of ${of}`)],
  [/^Step (\d+)\/(\d+) : /, ([, at, of]) => step('build', `Step ${at} of ${of}`)],
  [/^(Watch your deployment at|Provisioning ips for)/, () => step('release')],
  [/^Running \S+ release_command: (.+)$/, ([, command]) => step('release', command)],
  [/release_command \S+ completed successfully/, () => step('release', 'Release command: exit 0')],
  // Leases are taken before flyctl says that it updates.
  [/^WARN failed to acquire lease/, () => step('machines')],
  [/^(Updating existing machines in|No machines in group|Creating green machines)/, () => step('machines')],
  [
    /^[ >✔✖]? ?(?:\[\d+\/(\d+)\] )?Machine ([0-9a-f]{10,}) \[\S+\] update (?:succeeded|finished: success)/,
    (match) => machine(match, true),
  ],
  [/^[ >]? ?(?:\[\d+\/(\d+)\] )?Machine ([0-9a-f]{10,}) \[\S+\] was created/, (match) => machine(match, false)],
  [/^[ >]? ?(?:\[\d+\/(\d+)\] )?(?:Updating|Acquired lease for) ([0-9a-f]{10,})\b/, (match) => machine(match, false)],
]

function machine([, total = '1', id = '']: RegExpExecArray, done: boolean): LineMeaning {
  return { kind: 'machine', total: Number(total), id, done }
}

export function readLine(text: string): LineMeaning {
  for (const [pattern, meaning] of RULES) {
    const match = pattern.exec(text)
    if (match) return meaning(match)
  }
  return { kind: 'other' }
}
