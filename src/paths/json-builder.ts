/** Builds a JSON value from paths and values. */

import { UsageError } from '../errors'
import { MAX_JSON_DEPTH } from '../json/json-depth'
import { stringifyJson } from '../json/json-text'
import { ABSENT, defineMember, isContainer, memberOf } from '../json/json-value'
import { excerpt, quoted } from '../text/excerpt'
import type { Path, Step } from './path'

/** How a value is set. */
interface SetOptions {
  /** Whether its parts may be replaced: that of a variable is not written in the row. Default `false`. */
  readonly isBase?: boolean
}

/** A JSON value, in which values are set at paths: each place once, so that none is lost. */
export class JsonBuilder {
  /** The places of each container of its own that have been set, or in which something has been set. */
  private readonly places = new Map<object, Set<string>>()
  /** Values parts of which may be replaced, as may those of the base. */
  private readonly bases = new WeakSet<object>()
  private readonly holder: { value: unknown }

  /** @param base stays as it is; all of it may be replaced */
  constructor(base?: unknown) {
    this.holder = { value: base }
    this.places.set(this.holder, new Set())
  }

  get value(): unknown {
    return this.holder.value
  }

  /**
   * Sets the value at a path, and creates what is missing on the way.
   * @throws UsageError if the path may be several places, or leads through a text or number, or leaves a gap in an array,
   * or to a place that has been set
   */
  set({ source, steps }: Path, value: unknown, { isBase = false }: SetOptions = {}): void {
    if (!steps) {
      throw new UsageError(
        `${quoted(source)} means several places, and a value has one: write each in a row of its own.`,
      )
    }
    if (steps.length > MAX_JSON_DEPTH) {
      throw new UsageError(`${quoted(source)} leads deeper than the ${MAX_JSON_DEPTH} levels that JSON may be nested.`)
    }
    let container: object = this.holder
    let place: Step = 'value'
    for (const step of steps) {
      const inner = this.ownContainer(container, place, step)
      if (!canHold(inner, step)) {
        throw new UsageError(
          `${quoted(source)} does not fit ${excerpt(stringifyJson(inner))}: there is no place for ${JSON.stringify(step)}.`,
        )
      }
      container = inner
      place = step
    }
    if (this.isSet(container, place)) {
      throw new UsageError(
        `${quoted(source)} would replace what a row before it has set, which would be lost: write each place in one row.`,
      )
    }
    this.put(container, place, value)
    if (isBase && isContainer(value)) this.bases.add(value)
  }

  /** What stands at a place; a container as a copy that may be changed, since it may be the value of a variable. */
  private ownContainer(container: object, place: Step, next: Step): unknown {
    const found = memberOf(container, String(place)) ?? ABSENT
    if (found !== ABSENT && (!isContainer(found) || this.places.has(found))) return found
    const own = found === ABSENT ? newContainer(next) : copyOf(found)
    const isWritten = this.isSet(container, place) && !(isContainer(found) && this.bases.has(found))
    this.places.set(own, new Set(isWritten ? Object.keys(own) : []))
    this.put(container, place, own)
    return own
  }

  private isSet(container: object, place: Step): boolean {
    return this.places.get(container)?.has(String(place)) === true
  }

  private put(container: object, place: Step, value: unknown): void {
    defineMember(container, place, value)
    this.places.get(container)?.add(String(place))
  }
}

function canHold(container: unknown, step: Step): container is object {
  if (!Array.isArray(container)) return isContainer(container)
  return typeof step === 'number' && step <= container.length && step >= 0
}

function newContainer(step: Step): object {
  return typeof step === 'number' ? [] : {}
}

function copyOf(container: object): object {
  return Array.isArray(container) ? [...container] : { ...container }
}
