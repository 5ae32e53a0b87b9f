import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import type { Aggregation, Binary, Expression, Matching, Moment, Selector, Subquery } from './expression.ts'
import { NAME } from './labels.ts'
import { readDuration, readNumber, readString } from './literals.ts'
import { badQuery, unanswerable } from './query-error.ts'
import { type Matcher, testOf } from './selector.ts'

/** Reads a query of PromQL; throws `bad_data` with the place where it cannot be read. */
export function parseQuery(text: string): Expression {
  const tree = parser.parse(text)
  tree.iterate({
    enter(node) {
      if (!node.type.isError) return
      const found = text.slice(node.from, node.from + 20) || 'end of input'
      throw badQuery(`1:${node.from + 1}: parse error: unexpected ${JSON.stringify(found)}`)
    },
  })
  const top = tree.topNode.firstChild
  if (!top) throw badQuery('unknown position: parse error: no expression found in input')
  return createReader(text)(top)
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

type Read = (node: SyntaxNode) => Expression

function createReader(text: string): Read {
  const source = (node: SyntaxNode) => text.slice(node.from, node.to)
  const read: Read = (node) => {
    const reader = READERS[node.name]
    if (!reader) throw unanswerable(`${node.name} is not supported`)
    return reader({ node, children: childrenOf(node), source, read })
  }
  return read
}

interface Reading {
  node: SyntaxNode
  children: SyntaxNode[]
  source(node: SyntaxNode): string
  read: Read
}

/** A part the grammar promises. */
function part(node: SyntaxNode | undefined | null): SyntaxNode {
  if (!node) throw badQuery('parse error: unexpected end of input')
  return node
}

function milliseconds(text: string): number {
  const duration = readDuration(text.replaceAll(/^[[:]|\]$/g, '').replace(/^offset\s*/i, ''))
  if (duration === undefined) throw unanswerable(`the duration ${JSON.stringify(text)} is not supported`)
  return duration
}

function matcherOf(node: SyntaxNode, source: Reading['source']): Matcher {
  const [first, second, third] = childrenOf(node)
  if (!second || !third) return { label: NAME, op: '=', value: readString(source(part(first))) }
  const label = first?.name === 'QuotedLabelName' ? readString(source(first)) : source(part(first))
  const op = source(second)
  if (op !== '=' && op !== '!=' && op !== '=~' && op !== '!~') throw badQuery(`parse error: unexpected ${op}`)
  const matcher = { label, op, value: readString(source(third)) } as const
  try {
    testOf(matcher)
  } catch {
    throw badQuery(`parse error: invalid regular expression: ${matcher.value}`)
  }
  return matcher
}

function selector({ children, source }: Reading): Selector {
  const matchers = children.flatMap((child) => {
    if (child.name === 'Identifier') return [{ label: NAME, op: '=', value: source(child) } as const]
    return childrenOf(child).map((each) => matcherOf(each, source))
  })
  const isEmpty = matchers.every((matcher) => testOf(matcher)(''))
  if (isEmpty) throw badQuery('parse error: vector selector must contain at least one non-empty matcher')
  return { kind: 'selector', matchers, moment: { offset: 0 } }
}

function matrix({ children, source, read }: Reading): Expression {
  const of = read(part(children[0]))
  if (of.kind !== 'selector') throw badQuery('parse error: ranges only allowed for vector selectors')
  return { ...of, range: milliseconds(source(part(children[1]))) }
}

function subquery({ children, source, read }: Reading): Subquery {
  const [of, range, step] = children
  return {
    kind: 'subquery',
    of: read(part(of)),
    range: milliseconds(source(part(range))),
    ...(step ? { step: milliseconds(source(step)) } : {}),
    moment: { offset: 0 },
  }
}

/** What `offset` and `@` belong to; the grammar hangs them on a sign before it, too. */
function moved(of: Expression, change: (moment: Moment) => Moment): Expression {
  if (of.kind === 'negate') return { ...of, of: moved(of.of, change) }
  if (of.kind === 'selector' || of.kind === 'subquery') return { ...of, moment: change(of.moment) }
  throw badQuery('parse error: offset and @ may only follow a selector or a subquery')
}

function offset({ children, source, read }: Reading): Expression {
  const by = milliseconds(source(part(children.at(-1))))
  return moved(read(part(children[0])), (moment) => ({ ...moment, offset: by }))
}

function pinned({ children, source, read }: Reading): Expression {
  const where = source(part(children.at(-1))).replaceAll(/\s/g, '')
  const at = /^start\b/.test(where) ? 'start' : /^end\b/.test(where) ? 'end' : readNumber(where) * 1_000
  return moved(read(part(children[0])), (moment) => ({ ...moment, at }))
}

const labelsOf = (node: SyntaxNode | null, source: Reading['source']) =>
  node
    ? childrenOf(node).map((each) => (each.name === 'QuotedLabelName' ? readString(source(each)) : source(each)))
    : []

const PARAMETERS = new Set(['topk', 'bottomk', 'quantile', 'count_values', 'limitk', 'limit_ratio'])

function aggregate({ node, source, read }: Reading): Aggregation {
  const op = source(part(node.getChild('AggregateOp'))).toLowerCase()
  const modifier = node.getChild('AggregateModifier')
  const args = childrenOf(part(node.getChild('FunctionCallBody'))).map(read)
  const of = args.at(-1)
  const parameter = args.length > 1 ? args[0] : undefined
  const wanted = PARAMETERS.has(op) ? 2 : 1
  if (!of || args.length !== wanted)
    throw badQuery(`parse error: wrong number of arguments for aggregate expression provided, expected ${wanted}`)
  return {
    kind: 'aggregate',
    op,
    grouping: {
      labels: labelsOf(modifier?.getChild('GroupingLabels') ?? null, source),
      keeps: modifier?.getChild('Without') === null || modifier === null,
    },
    ...(parameter ? { parameter } : {}),
    of,
  }
}

function matchingOf(node: SyntaxNode | null, source: Reading['source']): Matching {
  if (!node) return { labels: [], on: false }
  const lists = node.getChildren('GroupingLabels')
  const hasFirst = node.getChild('On') !== null || node.getChild('Ignoring') !== null
  const include = labelsOf(lists[hasFirst ? 1 : 0] ?? null, source)
  const side = node.getChild('GroupLeft') ? 'left' : node.getChild('GroupRight') ? 'right' : undefined
  return {
    labels: hasFirst ? labelsOf(lists[0] ?? null, source) : [],
    on: node.getChild('On') !== null,
    ...(side ? { many: { side, include } } : {}),
  }
}

/** A power binds closer than a sign before it; the grammar has it the other way round. */
function power({ left, ...rest }: Binary, isInBrackets: boolean): Expression {
  if (rest.op !== '^' || isInBrackets) return { ...rest, left }
  if (left.kind === 'negate') return { kind: 'negate', of: { ...rest, left: left.of } }
  if (left.kind !== 'number' || left.value >= 0) return { ...rest, left }
  return { kind: 'negate', of: { ...rest, left: { kind: 'number', value: -left.value } } }
}

function binary({ node, children, source, read }: Reading): Expression {
  if (node.getChild('FillModifier')) throw unanswerable('fill is not supported')
  const written: Binary = {
    kind: 'binary',
    op: source(part(children[1])).toLowerCase(),
    bool: node.getChild('BoolModifier') !== null || node.getChild('Bool') !== null,
    matching: matchingOf(node.getChild('MatchingModifierClause'), source),
    left: read(part(children[0])),
    right: read(part(children.at(-1))),
  }
  return power(written, children[0]?.name === 'ParenExpr')
}

function unary({ children, source, read }: Reading): Expression {
  const of = read(part(children.at(-1)))
  return source(part(children[0])) === '+' ? of : { kind: 'negate', of }
}

const READERS: Record<string, (reading: Reading) => Expression> = {
  NumberDurationLiteral: ({ node, source }) => ({ kind: 'number', value: readNumber(source(node)) }),
  StringLiteral: ({ node, source }) => ({ kind: 'string', text: readString(source(node)) }),
  ParenExpr: ({ children, read }) => read(part(children[0])),
  VectorSelector: selector,
  MatrixSelector: matrix,
  SubqueryExpr: subquery,
  OffsetExpr: offset,
  StepInvariantExpr: pinned,
  AggregateExpr: aggregate,
  BinaryExpr: binary,
  UnaryExpr: unary,
  FunctionCall: ({ node, source, read }) => ({
    kind: 'call',
    name: source(part(node.getChild('FunctionIdentifier'))).toLowerCase(),
    args: childrenOf(part(node.getChild('FunctionCallBody'))).map(read),
  }),
}
