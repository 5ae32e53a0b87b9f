import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { type Call, noContent, ok, type Route } from '../http/route.ts'
import { createRandom, hash } from '../world/random.ts'
import type { World } from '../world/world.ts'
import type { Cluster, PostgresUser } from './clusters.ts'
import { attributes, livingCluster, readyCluster, userFor } from './find-cluster.ts'
import { noteChange } from './lifecycle.ts'
import { checkUsername } from './names.ts'

const Role = z.enum(['schema_admin', 'writer', 'reader'])

const view = ({ username, role }: PostgresUser) => ({ username, role })

const list = (call: Call) => ok({ data: [...readyCluster(call).users.values()].map(view) })

export function createUser(call: Call): PostgresUser {
  const cluster = readyCluster(call)
  const wanted = attributes(z.looseObject({ username: z.string().min(1), role: Role }), call.body)
  const username = checkUsername(wanted.username)
  if (cluster.users.has(username)) throw new FlyError(409, 'User already exists')
  const user = { username, role: wanted.role, rotations: 0 }
  cluster.users.set(username, user)
  noteChange(call.world, cluster, 'user created', username)
  return user
}

/** The user a path names, once the name is one a user can have. */
function named(call: Call): { cluster: Cluster; user: PostgresUser } {
  const cluster = readyCluster(call)
  checkUsername(call.params.username ?? '')
  return { cluster, user: userFor(call, cluster) }
}

export function deleteUser(call: Call) {
  const { cluster, user } = named(call)
  cluster.users.delete(user.username)
  noteChange(call.world, cluster, 'user deleted', user.username)
  return noContent
}

export function updateRole(call: Call) {
  const { cluster, user } = named(call)
  user.role = attributes(z.looseObject({ role: Role }), call.body).role
  noteChange(call.world, cluster, `user is ${user.role}`, user.username)
  return noContent
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'

/** Made up again whenever it is asked for: a password is kept nowhere. */
export const passwordOf = ({ seed }: World, { id }: Cluster, { username, rotations }: PostgresUser) =>
  createRandom(hash(`${seed} password ${id} ${username} ${rotations}`)).text(LETTERS, 24)

const credentials = ({ world }: Call, cluster: Cluster, user: PostgresUser) =>
  ok({ data: { username: user.username, password: passwordOf(world, cluster, user) } })

export function showCredentials(call: Call) {
  const { cluster, user } = named(call)
  return credentials(call, cluster, user)
}

function rotate(call: Call) {
  livingCluster(call)
  const { cluster, user } = named(call)
  attributes(z.looseObject({ kill_sessions: z.boolean().nullish() }), call.body)
  user.rotations += 1
  noteChange(call.world, cluster, 'password rotated', user.username)
  return credentials(call, cluster, user)
}

const USERS = '/v1/postgres/:cluster/users'
const USER = `${USERS}/:username`

export const userRoutes: Route[] = [
  { method: 'GET', path: USERS, handle: list },
  { method: 'POST', path: USERS, handle: (call) => ({ status: 201, body: { data: view(createUser(call)) } }) },
  { method: 'DELETE', path: USER, handle: deleteUser },
  { method: 'PATCH', path: USER, handle: updateRole },
  { method: 'GET', path: `${USER}/credentials`, handle: showCredentials },
  { method: 'POST', path: `${USER}/rotate_password`, handle: rotate },
]
