import {
  defaultFieldResolver,
  type ExecutionResult,
  execute,
  GraphQLError,
  parse as parseQuery,
  validate,
} from 'graphql'
import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Answer, type Call, ok, type Route } from '../http/route.ts'
import { acting } from './acting.ts'
import { tooDeep } from './depth.ts'
import { mutations } from './mutations.ts'
import { nodes } from './nodes.ts'
import { queries } from './queries.ts'
import { schema } from './schema.ts'

const Body = z.looseObject({
  query: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

/** GUESS: no source lists the codes. */
const CODES: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'UNAUTHORIZED',
  404: 'NOT_FOUND',
  422: 'UNPROCESSABLE',
}

/** Not what the library says of the question itself. */
const isOwnFault = (error: Error | undefined): error is Error => error !== undefined && !(error instanceof GraphQLError)

/** Only a mistake of this program ends here: it is told where somebody looks for it. */
function ownFault(error: Error): string {
  process.stderr.write(`${error.stack}\n`)
  return 'INTERNAL_SERVER_ERROR'
}

/** Refusals of the areas become GraphQL errors with a code. */
function errorView(error: GraphQLError) {
  const { originalError } = error
  const status = originalError instanceof FlyError ? originalError.httpStatus : 0
  const code = CODES[status] ?? (isOwnFault(originalError) ? ownFault(originalError) : 'GRAPHQL_VALIDATION_FAILED')
  return { message: error.message, ...(error.path ? { path: error.path } : {}), extensions: { code } }
}

function readDocument(query: string) {
  try {
    const document = parseQuery(query)
    const problems = validate(schema, document)
    return { document, problems: problems.length > 0 ? problems : tooDeep(document) }
  } catch (error) {
    if (error instanceof GraphQLError) return { problems: [error] }
    throw error
  }
}

const view = ({ data, errors }: ExecutionResult) => ({
  ...(data === undefined ? {} : { data }),
  ...(errors ? { errors: errors.map(errorView) } : {}),
})

async function answer({ world, principal, origin, body }: Call): Promise<Answer> {
  const { query, variables, operationName } = parse(Body, body)
  const { document, problems } = readDocument(query)
  if (!document || problems.length > 0) return ok({ errors: problems.map(errorView) })
  const context = { world, principal, reader: principal, origin, nodes }
  const result = await execute({
    schema,
    document,
    rootValue: queries(context),
    fieldResolver: (source, args, contextValue, info) => {
      const writes = info.parentType === schema.getMutationType()
      return defaultFieldResolver(
        writes ? mutations(acting(context, info.fieldName)) : source,
        args,
        contextValue,
        info,
      )
    },
    variableValues: variables ?? {},
    ...(operationName ? { operationName } : {}),
  })
  return ok(view(result))
}

/** A refusal is an answer too: flyctl shows its text, which it could not read from any status but 200. */
const refuse = ({ httpStatus, message }: FlyError): Answer =>
  ok({
    data: null,
    errors: [
      httpStatus === 401
        ? { message: 'You must be authenticated to view this.', extensions: { code: 'UNAUTHENTICATED' } }
        : { message, extensions: { code: CODES[httpStatus] ?? 'UNKNOWN' } },
    ],
  })

export const graphqlRoutes: Route[] = [
  { method: 'POST', path: '/graphql', handle: answer, readOnly: true, unlimited: true, refuse },
]
