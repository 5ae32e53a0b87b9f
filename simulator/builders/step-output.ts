import type { Instruction } from './dockerfile.ts'

/** What a program of that kind prints while it works. */
export function stepOutput({ name, text }: Instruction): string[] {
  if (name !== 'RUN') return []
  if (/npm (ci|install)/.test(text))
    return ['added 312 packages, and audited 313 packages in 9s', 'found 0 vulnerabilities']
  if (/(npm|pnpm|yarn) run build|vite build|tsc/.test(text)) {
    return ['> build', '> tsc -b && vite build', '✓ 418 modules transformed.', '✓ built in 6.81s']
  }
  if (/apt-get|apk /.test(text)) return ['Reading package lists...', 'Setting up ca-certificates ...']
  if (/pip install|uv sync/.test(text)) return ['Collecting packages', 'Successfully installed']
  return []
}

/** Milliseconds the real thing might take. */
export function stepTime({ name }: Instruction): number {
  if (name === 'RUN') return 4_000
  if (name === 'FROM') return 1_200
  return name === 'COPY' || name === 'ADD' ? 250 : 20
}
