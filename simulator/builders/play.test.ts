import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DockerfileError, readDockerfile } from './dockerfile.ts'
import { playDockerfile, type Recipe } from './play.ts'
import { expand } from './variables.ts'

const play = (text: string, recipe: Partial<Recipe> = {}) =>
  playDockerfile({
    ...{ dockerfile: readDockerfile(text), args: {}, hasFile: () => true, hasImage: () => true },
    ...{ breaks: () => undefined, ...recipe },
  })

test('instructions go over lines, comments and heredocs', () => {
  const { stages } = readDockerfile(
    '# syntax=x\nFROM a\nRUN one \\\n  # why\n  && two\nCOPY <<EOF /x\nCMD no\nEOF\nUSER b\n',
  )
  expect(stages[0]?.instructions.map(({ text }) => text)).toEqual([
    'FROM a',
    'RUN one && two',
    'COPY <<EOF /x',
    'USER b',
  ])
})

test('the config of the last stage is what its instructions say, with what it begins with', () => {
  const text = [
    'ARG TAG=24',
    'FROM node:$TAG AS base',
    'ENV A=1 B="two words"',
    'WORKDIR /srv',
    'FROM base',
    'ARG PORT=8080',
    'ENV A=3',
    'WORKDIR app',
    'EXPOSE $PORT 9090/udp',
    'LABEL who=me',
    'ENTRYPOINT ["tini", "--"]',
    'CMD node server.js',
  ].join('\n')
  const { config, total } = play(text, { args: { PORT: '3000' } })
  expect(total).toBe(12)
  expect(config).toMatchObject({
    ...{ WorkingDir: '/srv/app', ExposedPorts: { '3000/tcp': {}, '9090/udp': {} }, Labels: { who: 'me' } },
    ...{ Entrypoint: ['tini', '--'], Cmd: ['/bin/sh', '-c', 'node server.js'] },
  })
  expect(config.Env.slice(1)).toEqual(['B=two words', 'A=3'])
})

test('a stage can be copied from by its name or number once it is there, and not before', () => {
  const stages = 'FROM a AS one\nCOPY --from=two /x /x\nFROM b AS two\n'
  expect(play(stages).steps.at(-1)?.failure).toEqual({ kind: 'no-stage', name: 'two' })
  for (const from of ['one', '0', 'nginx', 'docker.io/x/y'])
    expect(play(`FROM a AS one\nFROM b\nCOPY --from=${from} /x /x\n`).steps.at(-1)?.failure).toBeUndefined()
})

test('a build stops at its target, and complains about one that is not there', () => {
  const text = 'FROM a AS one\nRUN x\nFROM b\nRUN y\n'
  expect(play(text, { target: 'one' }).steps).toHaveLength(2)
  expect(() => play(text, { target: 'three' })).toThrow(DockerfileError)
})

test('a base image that cannot be pulled fails the first step, unless it is a stage or scratch', () => {
  const hasImage = () => false
  expect(play('FROM node:x\n', { hasImage }).steps[0]?.failure).toEqual({ kind: 'no-image', image: 'node:x' })
  expect(play('FROM scratch AS a\nFROM a\n', { hasImage }).steps.every(({ failure }) => failure === undefined)).toBe(
    true,
  )
})

test('a marker at the end fails the last program', () => {
  const { stages } = readDockerfile('FROM a\nRUN one\nRUN two\nUSER x\n# simulate: build-fails\n')
  expect(stages[0]?.instructions.map(({ fails }) => fails)).toEqual([false, false, true, false])
})

const braced = (name: string): string => `$\u007b${name}}`

test('variables are replaced as Docker does', () => {
  const known = new Map([['A', 'x']])
  const texts = ['$A', braced('A'), braced('B:-y'), braced('A:+z'), braced('B:+z'), '\\$A', '$B.']
  expect(texts.map((text) => expand(text, known))).toEqual(['x', 'x', 'y', 'z', '', '$A', '.'])
})

test('any text is read, or refused as no Dockerfile', () => {
  const line = fc.constantFrom(
    'FROM a',
    'RUN x \\',
    'COPY a b',
    '# simulate: crash',
    'RUN <<EOF',
    'EOF',
    'ARG A=1',
    '',
    'x',
  )
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      try {
        const { steps, total } = play(lines.join('\n'))
        expect(steps.length).toBeLessThanOrEqual(total)
      } catch (error) {
        expect(error).toBeInstanceOf(DockerfileError)
      }
    }),
  )
})
