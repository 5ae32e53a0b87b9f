import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createJsonFile } from './json-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangar-json-'))
})
afterEach(() => rm(folder, { recursive: true }))

const Content = z.object({ count: z.number() })

function setup() {
  const broken: string[] = []
  const file = join(folder, 'deep', 'value.json')
  const json = createJsonFile({
    file,
    parse: (content) => ({ value: Content.parse(content), intact: true }),
    fallback: { count: 0 },
    onBroken: (copy) => broken.push(copy),
  })
  return { file, json, broken }
}

test('a missing file is the fallback', async () => {
  const { json, broken } = setup()
  expect(await json.read()).toEqual({ count: 0 })
  expect(broken).toEqual([])
})

test('what is written is read again', async () => {
  const { json } = setup()
  await json.write({ count: 7 })
  expect(await setup().json.read()).toEqual({ count: 7 })
})

test('many writes at once end with the last one, whole', async () => {
  const { json } = setup()
  await Promise.all(Array.from({ length: 50 }, (_, count) => json.write({ count })))
  expect(await json.read()).toEqual({ count: 49 })
  expect(await readdir(join(folder, 'deep'))).toEqual(['value.json'])
})

test.each(['{"count": 1', '{"count":"many"}', '', '[]'])('a broken file (%s) is kept aside, once', async (text) => {
  const { file, json, broken } = setup()
  await json.write({ count: 1 })
  await writeFile(file, text)
  expect(await json.read()).toEqual({ count: 0 })
  expect(await json.read()).toEqual({ count: 0 })
  expect(broken).toHaveLength(1)
  expect(await readFile(broken[0] ?? '', 'utf8')).toBe(text)
})
