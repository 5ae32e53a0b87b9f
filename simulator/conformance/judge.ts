import type { Description, Operation } from './description.ts'
import { allowedStatuses, refusalProblem } from './rules.ts'
import { TOLERATED_ANSWERS, type Tolerated } from './tolerated.ts'
import { createValidator } from './validator.ts'

export interface Reply {
  status: number
  headers: Headers
  /** Parsed where it is JSON. */
  body: unknown
}

/** Compares answers with the description, and remembers what was seen. */
export interface Judge {
  /** What is wrong with an answer. */
  problems(operation: Operation, reply: Reply): string[]
  /** What is wrong with the form of a refusal. */
  refusalProblems(reply: Reply): string[]
  /** Names of the operations that succeeded. */
  succeeded: ReadonlySet<string>
  /** `Machine.state`, … of all answers. */
  shown: ReadonlySet<string>
  showable(): string[]
  /** The entries of the list of tolerated answers that were needed. */
  tolerated: ReadonlySet<Tolerated>
}

function covers(pattern: string, path: string): boolean {
  const wanted = pattern.split('.')
  const given = path.split('.')
  return wanted.length === given.length && wanted.every((part, at) => part === '*' || part === given[at])
}

const unmarked = ({ headers }: Reply) => (headers.get('fly-request-id') ? [] : ['no fly-request-id'])

function refusalProblems(reply: Reply): string[] {
  const problem = refusalProblem(reply.body)
  return [...unmarked(reply), ...(problem ? [`the refusal ${problem}`] : [])]
}

export function createJudge({ operations, definitions }: Description): Judge {
  const validator = createValidator(definitions)
  const succeeded = new Set<string>()
  const shown = new Set<string>()
  const tolerated = new Set<Tolerated>()

  function bodyProblems({ name, answers }: Operation, { status, body }: Reply): string[] {
    const schema = answers.get(status)?.schema
    if (!schema) return status === 204 && body !== '' ? ['a body with 204'] : []
    for (const property of validator.shown(schema, body)) shown.add(property)
    return validator.misfits(schema, body).flatMap(({ path, message }) => {
      const known = TOLERATED_ANSWERS.find((one) => one.operations.includes(name) && covers(one.path, path))
      if (known) tolerated.add(known)
      return known ? [] : [`${path || 'body'}: ${message}`]
    })
  }

  return {
    succeeded,
    shown,
    tolerated,
    showable: () => [
      ...new Set(
        operations.flatMap(({ answers }) =>
          [...answers].flatMap(([status, { schema }]) => (schema && status < 400 ? validator.showable(schema) : [])),
        ),
      ),
    ],
    refusalProblems,
    problems(operation, reply) {
      const { status } = reply
      if (!allowedStatuses(operation).includes(status)) return [`status ${status}`]
      if (status >= 400) return refusalProblems(reply)
      succeeded.add(operation.name)
      return [...unmarked(reply), ...bodyProblems(operation, reply)]
    },
  }
}
