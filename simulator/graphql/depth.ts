import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, type SelectionSetNode } from 'graphql'

/** As deep as the usual look into the schema goes. GUESS: Fly's own limit is not known. */
const DEEPEST = 15

/** An error for a question that goes round in circles through the world. For documents that are valid. */
export function tooDeep({ definitions }: DocumentNode): GraphQLError[] {
  const fragments = new Map(
    definitions.flatMap((definition): [string, FragmentDefinitionNode][] =>
      definition.kind === 'FragmentDefinition' ? [[definition.name.value, definition]] : [],
    ),
  )
  const known = new Map<string, number>()
  const ofFragment = (name: string): number => {
    const depth = known.get(name) ?? depthOf(fragments.get(name)?.selectionSet)
    known.set(name, depth)
    return depth
  }
  const depthOf = (set: SelectionSetNode | undefined): number =>
    Math.max(
      0,
      ...(set?.selections ?? []).map((selection) => {
        if (selection.kind === 'FragmentSpread') return ofFragment(selection.name.value)
        return depthOf(selection.selectionSet) + (selection.kind === 'Field' ? 1 : 0)
      }),
    )
  const deepest = Math.max(
    0,
    ...definitions.map((definition) =>
      definition.kind === 'OperationDefinition' ? depthOf(definition.selectionSet) : 0,
    ),
  )
  if (deepest <= DEEPEST) return []
  return [new GraphQLError(`Query has depth of ${deepest}, which exceeds max depth of ${DEEPEST}`)]
}
