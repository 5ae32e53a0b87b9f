import { type Instruction, withoutFlags } from './dockerfile.ts'

/** Why a step of a build fails. */
export type StepFailure =
  | { kind: 'exit'; command: string; code: number }
  | { kind: 'missing'; verb: string; source: string }
  | { kind: 'no-image'; image: string }
  | { kind: 'no-stage'; name: string }
  | { kind: 'no-space' }
  /** The builder goes away. */
  | { kind: 'cut' }

/** How an instruction fails when it is asked to. */
export function failureOf({ name, rest }: Instruction): StepFailure {
  const [first = ''] = withoutFlags(rest)
  if (name === 'FROM') return { kind: 'no-image', image: first }
  if (name === 'COPY' || name === 'ADD') return { kind: 'missing', verb: name, source: first }
  return { kind: 'exit', command: `/bin/sh -c ${rest}`, code: 1 }
}

/** In the words of Docker's classic builder. */
export function classicWords(failure: StepFailure): string {
  switch (failure.kind) {
    case 'exit':
      return `The command '${failure.command}' returned a non-zero code: ${failure.code}`
    case 'missing': {
      const { verb, source } = failure
      if (/[*?]/.test(source)) return `${verb} failed: no source files were specified`
      const why = `stat ${source.replace(/^(\.?\/)+/, '')}: file does not exist`
      return `${verb} failed: file not found in build context or excluded by .dockerignore: ${why}`
    }
    case 'no-image':
      return `manifest for ${failure.image} not found: manifest unknown: manifest unknown`
    case 'no-stage':
      return `invalid from flag value ${failure.name}: pull access denied for ${failure.name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`
    case 'no-space':
      return 'ApplyLayer exit status 1 stdout:  stderr: write /app/node_modules/.cache/0: no space left on device'
    case 'cut':
      return 'unexpected EOF'
    default:
      return failure satisfies never
  }
}

/** In the words of BuildKit, after `failed to solve: `. */
export function buildKitWords(failure: StepFailure): string {
  switch (failure.kind) {
    case 'exit':
      return `process "${failure.command}" did not complete successfully: exit code: ${failure.code}`
    case 'missing': {
      const path = `/${failure.source.replace(/^(\.?\/)+/, '')}`
      return `failed to compute cache key: failed to calculate checksum of ref: "${path}": not found`
    }
    case 'no-image':
    case 'no-stage': {
      const image = failure.kind === 'no-image' ? failure.image : failure.name
      return `${image}: failed to resolve source metadata for ${image}: ${image}: not found`
    }
    case 'no-space':
      return 'failed to copy files: copy file range failed: no space left on device'
    case 'cut':
      return 'unexpected EOF'
    default:
      return failure satisfies never
  }
}
