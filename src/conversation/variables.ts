/** Variables: `${name}` in whatever a sentence writes. */

import { jsonIn } from '../matching/depth'
import { Mistake } from '../matching/errors'
import { excerpt } from '../matching/excerpt'
import { Literal, mustBeExact } from '../matching/json'
import { parsePath } from '../matching/path'
import { inJson } from '../matching/phrase'
import { learnSecrets } from '../matching/redaction'
import { nearest } from '../matching/text-distance'
import { hasVariables, parseJson, withQuotedVariables } from './json-text'

/** The scenario's variables, and on top of them those that hold for one speaker or one reaction. */
export class Variables {
  constructor(
    private readonly own: Record<string, unknown> = Object.create(null),
    private readonly outer?: Variables,
  ) {}

  /** Variables that hold on top of these, as long as they are used. */
  with(more: Record<string, unknown>): Variables {
    return new Variables({ ...more }, this)
  }

  set(name: string, value: unknown): void {
    // A name may be `__proto__`.
    Object.defineProperty(this.own, name, { value, writable: true, enumerable: true, configurable: true })
  }

  /**
   * The value of a variable.
   * @throws Mistake for an unknown one, listing those that are known
   */
  get(name: string): unknown {
    if (Object.hasOwn(this.own, name)) return this.own[name]
    if (this.outer?.has(name)) return this.outer.get(name)
    const builtIn = builtIns.get(name)
    if (builtIn) return builtIn()
    if (name.startsWith('env.')) return environment(name.slice('env.'.length))
    if (name.startsWith('received.') && this.has('received')) return this.ofReceived(name.slice('received.'.length))
    throw new Mistake(this.unknown(name))
  }

  /** A text with its variables filled in; `encode` is applied to each value. */
  fill(text: string, encode: (value: string) => string = (value) => value): string {
    return hasVariables(text) ? text.replace(VARIABLE, (_, name: string) => encode(asText(this.get(name)))) : text
  }

  /**
   * JSON as it was written, with its variables filled in: a value that is just one variable keeps its type,
   * with or without quotes around it; within a longer text it is text.
   */
  fillJson(written: string): string {
    if (!hasVariables(written)) return written
    return written.replace(STRING_OR_VARIABLE, (found, name: string | undefined, bare: string | undefined) => {
      const alone = bare ?? (name === undefined ? ALONE.exec(found)?.[1] : undefined)
      if (alone !== undefined) return JSON.stringify(this.get(alone))
      return this.fill(found, inJson)
    })
  }

  /** The value of a table's cell: typed as JSON where it is JSON, text otherwise. */
  cell(written: string): unknown {
    try {
      const value = jsonIn(this.fillJson(written))
      mustBeExact(value)
      return value
    } catch (error) {
      if (error instanceof Mistake) throw error
      return this.fill(written)
    }
  }

  /** Expected JSON with its variables filled in: what they stand for is meant as it is, and never a marker. */
  expectedJson(written: string): unknown {
    const parsed = parseJson(withQuotedVariables(written))
    if (!hasVariables(written)) {
      learnSecrets((redaction) => redaction.learn(parsed))
      return parsed
    }
    const expected = this.fillExpected(parsed)
    const filled = JSON.stringify(expected)
    parseJson(filled)
    learnSecrets((redaction) => redaction.learnFromText(filled))
    return expected
  }

  /** A table's cell that is expected. */
  expectedCell(written: string): unknown {
    try {
      JSON.parse(withQuotedVariables(written))
    } catch {
      return this.fillExpected(written)
    }
    return this.expectedJson(written)
  }

  private fillExpected(value: unknown): unknown {
    if (typeof value === 'string') {
      const alone = /^\$\{([^{}]*)\}$/.exec(value)?.[1]
      if (alone !== undefined) return new Literal(this.get(alone))
      const filled = this.fill(value)
      return filled === value || value.startsWith('#') ? filled : new Literal(filled)
    }
    if (Array.isArray(value)) return value.map((item) => this.fillExpected(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [this.fill(name), this.fillExpected(inner)]))
  }

  private has(name: string): boolean {
    return Object.hasOwn(this.own, name) || (this.outer?.has(name) ?? false)
  }

  private names(): string[] {
    return [...new Set([...Object.keys(this.own), ...(this.outer?.names() ?? builtIns.keys())])]
  }

  private ofReceived(path: string): unknown {
    const received = this.get('received')
    const values = parsePath(path).select(received)
    if (values.length > 0) return values[0]
    throw new Mistake(
      `\${received.${path}}: the message that was received, ${excerpt(asText(received))}, has nothing at ${path}.`,
    )
  }

  private unknown(name: string): string {
    if (/^received\b/.test(name))
      return `\${${name}} is known in the answer of a reaction alone: when Rob receives … he sends …`
    const known = [...this.names().sort(), 'env.NAME']
    const hint = nearest(name, known)
    return [
      `There is no variable \${${name}}. Known are ${known.map((one) => `\${${one}}`).join(', ')}.`,
      hint ? `Did you mean \${${hint}}?` : `Introduce it with: "${name}" stands for "…"`,
    ].join('\n')
  }
}

const VARIABLE = /\$\{([^{}]*)\}/g
const STRING_OR_VARIABLE = /"(?:[^"\\]|\\[\s\S]?)*(?:"|$)(?=(\s*:)?)|\$\{([^{}]*)\}/g
const ALONE = /^"\$\{([^{}]*)\}"$/

const builtIns = new Map<string, () => unknown>([
  // Loaded when it is needed, and not the global one, which a project may have replaced.
  ['uuid', () => (require('node:crypto') as typeof import('node:crypto')).randomUUID()],
  ['now', () => new Date().toISOString()],
  ['timestamp', () => Date.now()],
])

function environment(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Mistake(`\${env.${name}}: the environment has no variable ${name}.`)
  return value
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
