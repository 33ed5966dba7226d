/** A message that a client received: one of the client's inbox, and a line of the conversation's transcript. */

import { parseBoundedJson } from '../json/json-depth'
import { mayBeJson } from '../json/json-text'
import { containsAll, type MessageContent, NOT_JSON } from '../matching/matcher'
import type { Coding, MessageDetails } from '../message-details'
import type { TranscriptEntry } from '../transcript'

const NONE: MessageDetails = {}

/** The reaction that has claimed a message. */
interface Claimant {
  readonly description: string
}

/** Of longer ones, in characters, one alone keeps what was parsed: all together they would take many times their memory. */
const LONG = 1000

/** The one that was parsed last. */
let kept: WeakRef<Message> | undefined

/**
 * One message in an inbox.
 * @example const { text, json, at } = await rob.receives('Hello')
 */
export class Message implements MessageContent, TranscriptEntry {
  /** As an entry of the transcript. */
  readonly kind = 'receives'
  /** As an entry of the transcript. */
  readonly isReaction = false
  // Private to the language, so that a copy of the line, and its JSON, do not have it.
  #isUnread = true
  #claimant: Claimant | undefined
  #json: unknown
  #isShared = false
  /** What sentences look at: a line of the transcript may be changed by whoever reads it. */
  #content: string | Buffer
  readonly #details: MessageDetails
  readonly #coding: Coding

  /** @internal */
  constructor(
    /** Its place in the order of arrival, from 1. */
    readonly number: number,
    /** ms since the conversation began. */
    readonly at: number,
    /** The message itself. */
    readonly detail: string | Buffer,
    /** The name of the client that received it. */
    readonly client = '',
    /** The address of the server. */
    readonly url = '',
    details = NONE,
    coding: Coding = 'verbatim',
  ) {
    this.#details = details
    this.#coding = coding
    this.#content = detail
  }

  /** What the protocol tells of it; nothing without a protocol. */
  get details(): MessageDetails {
    return this.#details
  }

  /** @internal */
  get coding(): Coding {
    return this.#coding
  }

  /** The text of a text message; undefined for a binary one, and for what its protocol could not read. */
  get text(): string | undefined {
    return typeof this.#content === 'string' && this.isReadable ? this.#content : undefined
  }

  /** The payload of a binary message, and what its protocol could not read; undefined for a text. */
  get bytes(): Buffer | undefined {
    const content = this.#content
    if (typeof content !== 'string') return this.#isShared ? Buffer.from(content) : content
    return this.isReadable ? undefined : Buffer.from(content)
  }

  /** What could not be read says nothing that a sentence could expect in words. */
  private get isReadable(): boolean {
    return this.#details.problem === undefined
  }

  /** The parsed text; `NOT_JSON` if it cannot be parsed. */
  get json(): unknown {
    if (this.#isShared) return parse(this.text)
    if (this.#json === undefined) {
      if (this.#content.length > LONG) {
        kept?.deref()?.releaseJson()
        kept = new WeakRef(this)
      }
      this.#json = parse(this.text)
    }
    return this.#json
  }

  /**
   * From now on, whoever looks has a copy: what the code of a project changes in it, no sentence sees.
   * @internal
   */
  share(): this {
    if (this.#isShared) return this
    this.#isShared = true
    this.#json = undefined
    if (typeof this.#content !== 'string') this.#content = Buffer.from(this.#content)
    return this
  }

  /**
   * Frees what was parsed on arrival: most messages are never looked at again.
   * @internal
   */
  releaseJson(): void {
    this.#json = undefined
  }

  /** @internal */
  mayContain(texts: readonly string[]): boolean {
    const { text } = this
    if (this.#json !== undefined || text === undefined) return true
    return containsAll(text, texts)
  }

  /** Whether no sentence has read it, and it is not ignored. */
  get isUnread(): boolean {
    return this.#isUnread
  }

  /** @internal */
  markRead(): void {
    this.#isUnread = false
  }

  /**
   * The one-time reaction that has claimed it, so that no second one does.
   * @internal
   */
  get claimedBy(): Claimant | undefined {
    return this.#claimant
  }

  /** @internal */
  claim(claimant: Claimant): void {
    this.#claimant = claimant
  }
}

function parse(text: string | undefined): unknown {
  if (text === undefined || !mayBeJson(text)) return NOT_JSON
  try {
    return parseBoundedJson(text)
  } catch {
    return NOT_JSON
  }
}
