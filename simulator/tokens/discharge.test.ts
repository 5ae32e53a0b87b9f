import { expect, test } from 'vitest'
import { READ } from './actions.ts'
import { boundBy } from './discharge.ts'
import { isPermission, type Macaroon, narrow, readMacaroon } from './macaroon.ts'
import { onlyAction } from './write-caveats.ts'

/** The prefix stands apart: no file of ours holds anything that looks like a real token. */
const macaroon = (body: string) => `fm2_${body}`

/** Made by Fly's own macaroon library, with a made-up key: a token that needs a third party, and what that one answers. */
const key = Buffer.alloc(32, 7)
const NEEDS = macaroon(
  'lJPEBWxhdF8xxBABAQEBAQEBAQEBAQEBAQEBwrVodHRwczovL2FwaS5mbHkuaW8vdjGUAJLOAA1t8B8Lk7VodHRwczovL3RoaXJkLmV4YW1wbGXEPBBmJPU200DGB3HoHoijLk2pGAmt35qeCFtAvuFD0Xeayb4wIz3pbznvn1ZdpEyFNp7MUQWNmlB3/cqW6MRAEHBvQDOzN/3AsF815RpPTi65ukYFXFSvKR4eZoh2U4iaooVkKShANalIqMt7VQaqHf6Ak8zxB18MflB63xwR3cQgs7DcousO8r9VTHzyj3133Ar590vtMEWWJWeyqKNgWz8=',
)
const ANSWER = macaroon(
  'lJPEQBBwb0Azszf9wLBfNeUaT04uubpGBVxUrykeHmaIdlOImqKFZCkoQDWpSKjLe1UGqh3+gJPM8QdfDH5Qet8cEd3EEJIJg/YFQL2xEJ73mHBXgNzDtWh0dHBzOi8vdGhpcmQuZXhhbXBsZZIaAcQgZj1KyhjDHJNWvIK84Dp0PK8Dimxnah1ZAOtfofC7Rps=',
)
/** Another such token, with an answer that is good for this token alone. */
const NEEDS_TOO = macaroon(
  'lJPEBWxhdF8xxBABAQEBAQEBAQEBAQEBAQEBwrVodHRwczovL2FwaS5mbHkuaW8vdjGUAJLOAA1t8B8Lk7VodHRwczovL3RoaXJkLmV4YW1wbGXEPOmBVyTWIWlkXr4BosiLwpvcCE3tH8a+hC7hFtERoeVw54lhfXhUwFoXmrHy/4/6QfZjbZTkw7h9WO3ZjsRAsYMqKyQ9Opmxnq7DhlafEWgJKvD4VLDOUgXEs9zTvE+z5AUXJ2hFkKSDclY8gJzWaFFwyQscAa7huYupLedYEcQghXnuCxZMSVHm8IDkLDuzQXpvDZFXPvlne73JD+SUB0o=',
)
const BOUND = macaroon(
  'lJPEQLGDKiskPTqZsZ6uw4ZWnxFoCSrw+FSwzlIFxLPc07xPs+QFFydoRZCkg3JWPICc1mhRcMkLHAGu4bmLqS3nWBHEEErLrv+4v8IUT45RkYLdMDvDtWh0dHBzOi8vdGhpcmQuZXhhbXBsZZQMxBBSQd8s8KETnRwO8LQZxFKaGgHEIDJP9nqsXJM4aXtIxBhs3cLq7PsefyfAriy11OCuvPAY',
)

function read(text: string): Macaroon {
  const macaroon = readMacaroon(text)
  if (!macaroon) throw new Error('not a macaroon')
  return macaroon
}

const typesOf = (token: Macaroon, ...discharges: Macaroon[]) =>
  boundBy(token, key, { discharges, parents: [] })?.map(({ type }) => type)

test('a token that needs a third party is worth nothing without its answer', () => {
  expect(typesOf(read(NEEDS))).toBeUndefined()
  expect(typesOf(read(NEEDS), read(BOUND))).toBeUndefined()
})

test('with the answer both are obeyed: the caveats of the token, and those of the answer', () => {
  expect(isPermission(read(NEEDS))).toBe(true)
  expect(isPermission(read(ANSWER))).toBe(false)
  // An organization in the token, an action in the answer.
  expect(typesOf(read(NEEDS), read(ANSWER))).toEqual([0, 26])
  expect(typesOf(read(NEEDS), read(BOUND), read(ANSWER))).toEqual([0, 26])
})

test('an answer that is bound to one token is good for it and for what is narrowed from it', () => {
  expect(typesOf(read(NEEDS_TOO), read(BOUND))).toEqual([0, 26])
  expect(typesOf(narrow(read(NEEDS_TOO), [onlyAction(READ)]), read(BOUND))).toEqual([0, 26, 26])
})

test('a changed answer is none', () => {
  const answer = read(ANSWER)
  expect(typesOf(read(NEEDS), { ...answer, caveats: [] })).toBeUndefined()
  expect(typesOf(read(NEEDS), { ...answer, tail: Buffer.alloc(32) })).toBeUndefined()
  expect(typesOf(read(NEEDS), { ...answer, location: 'https://elsewhere.example' })).toBeUndefined()
})
