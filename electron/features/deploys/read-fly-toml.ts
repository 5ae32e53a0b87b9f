import { readFile } from 'node:fs/promises'
import { parse, TomlError } from 'smol-toml'
import { type DeploySettings, readDeploySettings } from '#shared/deploys/fly-toml.ts'

export type FlyTomlReading =
  | { ok: true; settings: DeploySettings }
  /** `line` is 1-based; 0 when the file could not be read at all. */
  | { ok: false; line: number; why: string }

export async function readFlyToml(path: string): Promise<FlyTomlReading> {
  try {
    return parseFlyToml(await readFile(path, 'utf8'))
  } catch (error) {
    return { ok: false, line: 0, why: error instanceof Error ? error.message : 'It cannot be read.' }
  }
}

export function parseFlyToml(content: string): FlyTomlReading {
  try {
    return { ok: true, settings: readDeploySettings(parse(content)) }
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [why = ''] = error.message.replace(/^Invalid TOML document:\s*/, '').split('\n')
    return { ok: false, line: error.line, why }
  }
}
