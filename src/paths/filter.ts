/**
 * Filters of a JSONPath, as `?@.colour == 'blue'` is one (RFC 9535, section 2.3.5). The library parses them, but takes a list for
 * an object, a number for a text, and `$` in a filter within a filter for another value.
 */

import type { JSONPathQuery, jsonpath } from 'json-p3'
import { compareNumbers, ExactNumber } from '../json/exact-number'
import { parseJson } from '../json/json-text'
import { ABSENT, isContainer, isEqual } from '../json/json-value'
import { compareScalars, countScalars } from '../text/scalars'
import { compilePattern, requirePattern } from './i-regexp'
import { loadJsonP3 } from './json-p3'

export type Expression = jsonpath.expressions.FilterExpression
type Call = jsonpath.expressions.FunctionExtension

/** The values that a query finds in a value that lies within another one. */
export type Select = (value: unknown, root: unknown) => Iterable<unknown>

/** Whether a filter accepts a value that lies within another one. */
export type Accepts = (value: unknown, root: unknown) => boolean

/** What is compared, or given to a function; {@link ABSENT} is what the RFC calls Nothing. */
type Operand = (value: unknown, root: unknown) => unknown

type CompileQuery = (query: JSONPathQuery) => Select

/**
 * Prepares a filter.
 * @throws Error for one that the RFC does not allow
 */
export function compileFilter(expression: Expression, compileQuery: CompileQuery): Accepts {
  const library = expressions()
  const compile = (inner: Expression) => compileFilter(inner, compileQuery)
  if (expression instanceof library.LogicalExpression) return compile(expression.expression)
  if (expression instanceof library.PrefixExpression) {
    const accepts = compile(expression.right)
    return (value, root) => !accepts(value, root)
  }
  if (expression instanceof library.InfixExpression && expression.logical) {
    const [left, right] = [compile(expression.left), compile(expression.right)]
    return expression.operator === '&&'
      ? (value, root) => left(value, root) && right(value, root)
      : (value, root) => left(value, root) || right(value, root)
  }
  if (expression instanceof library.InfixExpression) return compileComparison(expression, compileQuery)
  if (expression instanceof library.FilterQuery) {
    const select = compileNested(expression, compileQuery)
    return (value, root) => first(select(value, root)) !== ABSENT
  }
  const isWhole = isCall(expression) ? PATTERNS.get(expression.name) : undefined
  if (isWhole !== undefined) return compileMatch(expression as Call, isWhole, compileQuery)
  throw new Error(`${expression} is a value, which a filter compares: write it like ${expression} == 1`)
}

/** The functions that take a pattern, and whether it is that of the whole text. */
const PATTERNS = new Map([
  ['match', true],
  ['search', false],
])

const COMPARISONS: Readonly<Record<string, (one: unknown, other: unknown) => boolean>> = {
  '==': isEqual,
  '!=': (one, other) => !isEqual(one, other),
  '<': isLess,
  '<=': (one, other) => isLess(one, other) || isEqual(one, other),
  '>': (one, other) => isLess(other, one),
  '>=': (one, other) => isLess(other, one) || isEqual(one, other),
}

function compileComparison(
  { left, operator, right }: jsonpath.expressions.InfixExpression,
  compileQuery: CompileQuery,
): Accepts {
  const [one, other] = [compileOperand(left, compileQuery), compileOperand(right, compileQuery)]
  const compare = COMPARISONS[operator] as (typeof COMPARISONS)[string]
  return (value, root) => compare(one(value, root), other(value, root))
}

/** RFC 9535, section 2.3.5.2.2: only numbers with numbers, and texts with texts. */
function isLess(one: unknown, other: unknown): boolean {
  if (isNumber(one) && isNumber(other)) return compareNumbers(one, other) < 0
  return typeof one === 'string' && typeof other === 'string' && compareScalars(one, other) < 0
}

function isNumber(value: unknown): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber
}

function compileOperand(expression: Expression, compileQuery: CompileQuery): Operand {
  const library = expressions()
  if (expression instanceof library.FilterExpressionLiteral) {
    const literal = literalOf(expression)
    return () => literal
  }
  if (expression instanceof library.FilterQuery) {
    const select = compileNested(expression, compileQuery)
    return (value, root) => first(select(value, root))
  }
  if (isCall(expression)) return compileCall(expression, compileQuery)
  throw new Error(
    `${expression} is true or false, and not compared: put ! before it, or what is compared in parentheses`,
  )
}

function literalOf(literal: jsonpath.expressions.FilterExpressionLiteral): unknown {
  const { NullLiteral, NumberLiteral } = expressions()
  if (literal instanceof NullLiteral) return null
  if (literal instanceof NumberLiteral) return parseJson(literal.token.value)
  return (literal as jsonpath.expressions.StringLiteral | jsonpath.expressions.BooleanLiteral).value
}

/** The functions whose result is a value; the library checks their arguments. */
function compileCall({ name, args }: Call, compileQuery: CompileQuery): Operand {
  const [argument] = args as [Expression]
  if (name === 'length') {
    const operand = compileOperand(argument, compileQuery)
    return (value, root) => lengthOf(operand(value, root))
  }
  const select = compileNested(argument as jsonpath.expressions.FilterQuery, compileQuery)
  return name === 'count'
    ? (value, root) => countOf(select(value, root))
    : (value, root) => onlyOne(select(value, root))
}

function countOf(values: Iterable<unknown>): number {
  let count = 0
  for (const _ of values) count++
  return count
}

function onlyOne(values: Iterable<unknown>): unknown {
  let only: unknown = ABSENT
  for (const value of values) {
    if (only !== ABSENT) return ABSENT
    only = value
  }
  return only
}

function lengthOf(value: unknown): unknown {
  if (typeof value === 'string') return countScalars(value)
  return isContainer(value) ? Object.keys(value).length : ABSENT
}

function compileMatch({ name, args }: Call, isWhole: boolean, compileQuery: CompileQuery): Accepts {
  const [text, pattern] = args as [Expression, Expression]
  if (pattern instanceof expressions().StringLiteral) requirePattern(pattern.value, name)
  const [textOf, patternOf] = [compileOperand(text, compileQuery), compileOperand(pattern, compileQuery)]
  let latest: { readonly pattern: unknown; readonly expression: RegExp | undefined } | undefined
  return (value, root) => {
    const [matched, matching] = [textOf(value, root), patternOf(value, root)]
    if (latest?.pattern !== matching) latest = { pattern: matching, expression: compilePattern(matching, isWhole) }
    return typeof matched === 'string' && latest?.expression?.test(matched) === true
  }
}

/** A query within a filter: `@` is the value that is filtered, `$` the whole. */
function compileNested(expression: jsonpath.expressions.FilterQuery, compileQuery: CompileQuery): Select {
  const select = compileQuery(expression.path)
  return expression instanceof expressions().RootQuery
    ? (_, root) => select(root, root)
    : (value, root) => select(value, root)
}

function first(values: Iterable<unknown>): unknown {
  for (const value of values) return value
  return ABSENT
}

function isCall(expression: Expression): expression is Call {
  return expression instanceof expressions().FunctionExtension
}

function expressions(): typeof jsonpath.expressions {
  return loadJsonP3().jsonpath.expressions
}
