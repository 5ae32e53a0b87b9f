import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { type Call, noContent, ok, type Route } from '../http/route.ts'
import { createRandom, hash } from '../world/random.ts'
import type { Cluster, PostgresUser } from './clusters.ts'
import { attributes, livingCluster, readyCluster, userFor } from './find-cluster.ts'
import { noteChange } from './lifecycle.ts'
import { checkUsername } from './names.ts'

const Role = z.enum(['schema_admin', 'writer', 'reader'])

const view = ({ username, role }: PostgresUser) => ({ username, role })

const list = (call: Call) => ok({ data: [...readyCluster(call).users.values()].map(view) })

function create(call: Call) {
  const cluster = readyCluster(call)
  const wanted = attributes(z.looseObject({ username: z.string().min(1), role: Role }), call.body)
  const username = checkUsername(wanted.username)
  if (cluster.users.has(username)) throw new FlyError(409, 'User already exists')
  const user = { username, role: wanted.role, rotations: 0 }
  cluster.users.set(username, user)
  noteChange(call.world, cluster, 'user created', username)
  return { status: 201, body: { data: view(user) } }
}

/** The user a path names, once the name is one a user can have. */
function named(call: Call): { cluster: Cluster; user: PostgresUser } {
  const cluster = readyCluster(call)
  checkUsername(call.params.username ?? '')
  return { cluster, user: userFor(call, cluster) }
}

function remove(call: Call) {
  const { cluster, user } = named(call)
  cluster.users.delete(user.username)
  noteChange(call.world, cluster, 'user deleted', user.username)
  return noContent
}

function updateRole(call: Call) {
  const { cluster, user } = named(call)
  user.role = attributes(z.looseObject({ role: Role }), call.body).role
  noteChange(call.world, cluster, `user is ${user.role}`, user.username)
  return noContent
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'

/** Made up again whenever it is asked for: a password is kept nowhere. */
function credentials({ world }: Call, { id }: Cluster, { username, rotations }: PostgresUser) {
  const random = createRandom(hash(`${world.seed} password ${id} ${username} ${rotations}`))
  return ok({ data: { username, password: random.text(LETTERS, 24) } })
}

function show(call: Call) {
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
  { method: 'POST', path: USERS, handle: create },
  { method: 'DELETE', path: USER, handle: remove },
  { method: 'PATCH', path: USER, handle: updateRole },
  { method: 'GET', path: `${USER}/credentials`, handle: show },
  { method: 'POST', path: `${USER}/rotate_password`, handle: rotate },
]
