import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = dirname(import.meta.dirname)
const settings = ['package.json', 'biome.json', 'tsconfig.json']
const projects = ['shared', 'electron', 'electron/preload', 'renderer', 'simulator', 'e2e', 'bench', 'scripts']

/** A copy of the repository's settings with none of its sources: what is planted in it is all there is. */
let copy = ''

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'hangar-rules-'))
  for (const name of settings) cpSync(join(root, name), join(copy, name))
  for (const name of projects) cpSync(join(root, name, 'tsconfig.json'), join(copy, name, 'tsconfig.json'))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
})

afterEach(() => rmSync(copy, { recursive: true, force: true }))

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true })
  writeFileSync(join(copy, path), text)
}

function runTool(name: string, args: string[]): { ok: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', name), args, {
    cwd: copy,
    encoding: 'utf8',
  })
  return { ok: status === 0, output: stdout + stderr }
}

const importing = (specifier: string) => `import { thing } from '${specifier}'\n\nexport const planted = thing\n`

const refusedImports: [rule: string, file: string, specifier: string][] = [
  [
    'a feature of the main process imports another',
    'electron/features/logs/planted.ts',
    '#electron/features/fleet/x.ts',
  ],
  ['a feature climbs out of its folder', 'electron/features/logs/planted.ts', '../fleet/x.ts'],
  ['a feature of the main process imports Electron', 'electron/features/logs/planted.ts', 'electron'],
  ['a library of the main process imports Electron', 'electron/fly/planted.ts', 'electron'],
  ['a library of the main process imports a feature', 'electron/lib/planted.ts', '#electron/features/fleet/x.ts'],
  ['the skin over Electron imports a feature', 'electron/platform/planted.ts', '#electron/features/fleet/x.ts'],
  ['the preload script imports Node', 'electron/preload/planted.ts', 'node:fs'],
  ['the main process imports the page', 'electron/planted.ts', '#renderer/lib/x.ts'],
  ['a feature of the page imports another', 'renderer/features/logs/planted.ts', '#renderer/features/fleet/x.ts'],
  ['a feature of the page imports Electron', 'renderer/features/logs/planted.ts', 'electron'],
  ['the page imports the main process', 'renderer/planted.ts', '#electron/lib/x.ts'],
  ['the page imports Node', 'renderer/lib/planted.ts', 'node:fs'],
  ['ui/ imports the data', 'renderer/ui/planted.ts', '@tanstack/react-query'],
  ['shared/ imports Node', 'shared/planted.ts', 'node:fs'],
  ['shared/ imports Electron', 'shared/planted.ts', 'electron'],
  ['shared/ imports the main process', 'shared/planted.ts', '#electron/lib/x.ts'],
  ['the simulator imports the app', 'simulator/planted.ts', '#shared/x.ts'],
  ['a spec imports the app', 'e2e/planted.ts', '#shared/x.ts'],
]

test.each(refusedImports)('lint refuses it when %s', (_rule, file, specifier) => {
  plant(file, importing(specifier))
  const { ok, output } = runTool('biome', ['lint', '--only=style/noRestrictedImports', file])
  expect(output).toContain('noRestrictedImports')
  expect(ok).toBe(false)
})

test('lint lets a feature import libraries, shared code and its own files', () => {
  plant(
    'electron/features/logs/planted.ts',
    importing('#electron/fly/x.ts') + importing('./x.ts').replaceAll('thing', 'own'),
  )
  plant('renderer/features/logs/planted.ts', importing('#renderer/ui/x.tsx'))
  plant('shared/planted.ts', importing('zod'))
  const { output } = runTool('biome', ['lint', '--only=style/noRestrictedImports', 'electron', 'renderer', 'shared'])
  expect(output).not.toContain('noRestrictedImports')
})

const refusedCode: [rule: string, project: string, file: string, text: string][] = [
  ['shared/ touches the page', 'shared', 'shared/planted.ts', 'export const title = document.title\n'],
  ['shared/ touches Node', 'shared', 'shared/planted.ts', 'export const pid = process.pid\n'],
  ['the main process touches the page', 'electron', 'electron/planted.ts', 'export const title = document.title\n'],
  ['the page touches Node', 'renderer', 'renderer/planted.ts', 'export const pid = process.pid\n'],
  ['the page imports the main process', 'renderer', 'renderer/planted.ts', importing('#electron/lib/x.ts')],
]

test.each(refusedCode)('the compiler refuses it when %s', { timeout: 60_000 }, (_rule, project, file, text) => {
  for (const name of ['shared', 'electron', 'electron/preload', 'renderer'])
    plant(`${name}/fine.ts`, 'export const fine = 1\n')
  plant('electron/lib/x.ts', 'export const thing = 1\n')
  expect(runTool('tsc', ['-b', project])).toEqual({ ok: true, output: '' })
  plant(file, text)
  // By force: a file planted in the same tick of the clock as the last build would look as old as it.
  const { ok, output } = runTool('tsc', ['-b', '--force', project])
  expect(output).toMatch(/planted\.ts.*error TS/)
  expect(ok).toBe(false)
})
