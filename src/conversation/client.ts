/** A named participant: what it says and hears, and how it reacts. */

import { Mistake } from '../matching/errors'
import { excerpt } from '../matching/excerpt'
import { mustBeExact } from '../matching/json'
import { type Matcher, type Readable, showable } from '../matching/matcher'
import { parsePath } from '../matching/path'
import type { Extras } from './conversation'
import { inWords, milliseconds } from './duration'
import { ConnectionFailure } from './errors'
import { type Expectation, one, silence } from './expectation'
import { unmet } from './failure'
import type { Files } from './files'
import type { Message } from './message'
import { clause } from './names'
import { type Origin, Reaction, type Response } from './reaction'
import type { Phrases } from './templates'
import { Visitor, type Within } from './visitor'
import { type Speaker, type Spoken, wordingOf } from './wording'

/** What a reaction does once its message has come. */
export interface Reacting {
  /** Sends a message; `${received}` in it is the message that set it off. */
  send(spoken: Spoken, options?: { after?: string | number }): void
  disconnect(): void
  /** Sends an HTTP request: `POST /orders`. */
  request(written: string): void
  /** Does anything else; `doing` says it in a failure: `order a taxi`. */
  do(doing: string, act: (received: unknown) => void | Promise<void>): void
}

/** A participant of a conversation. */
export class Client extends Visitor implements Speaker {
  get phrases(): Phrases {
    return this.conversation.phrases
  }

  get files(): Files {
    return this.conversation.files
  }

  /**
   * Sends a message.
   * @throws ConnectionFailure if the connection has ended, Mistake if the client never connected
   */
  send(spoken: Spoken, options: { after?: string | number; times?: number } = {}): Promise<void> {
    return this.heard(() => this.say(spoken, options))
  }

  private say(spoken: Spoken, options: { after?: string | number; times?: number }): Promise<void> {
    this.mustBeConnected('send')
    const { after, times = 1 } = options
    if (!(times >= 1)) throw new Mistake(`Nobody can send ${times} times: write 1 or more.`)
    const isPlain = after === undefined && times === 1
    return isPlain ? this.transmit(wordingOf(spoken).outgoing(this)) : this.repeat(spoken, times, after)
  }

  private async repeat(spoken: Spoken, times: number, after?: string | number): Promise<void> {
    if (after !== undefined) await this.conversation.pause(milliseconds(after))
    const wording = wordingOf(spoken)
    for (let time = 0; time < times; time++) await this.transmit(wording.outgoing(this))
  }

  /**
   * Waits for a message that is meant, and reads it.
   * @returns the message
   * @throws UnmetExpectation if none comes in time
   */
  receives(spoken: Spoken, options: Within = {}): Promise<Message> {
    return this.heard(() => this.meet(() => one(this.matcher(spoken)), options).then(([message]) => message as Message))
  }

  /** Makes sure that no such message is unread, and that none comes within the quiet time. */
  doesNotReceive(spoken: Spoken, options: Within = {}): Promise<void> {
    return this.heard(() => this.meet(() => silence(this.matcher(spoken)), options).then(() => {}))
  }

  /** Waits for whatever is expected; the other expectations are `inOrder`, `silence` and their like. */
  expects(expectation: Expectation, options: Within = {}): Promise<readonly Message[]> {
    return this.heard(() => this.meet(() => expectationOf(expectation), options))
  }

  private meet(make: () => Expectation, options: Within): Promise<readonly Message[]> {
    this.mustHaveConnected()
    const expectation = make()
    const within = this.patience(options, expectation.silent !== undefined)
    const met = this.inbox.expect(expectation, within, this.link.hasEnded, (ending, progress) => {
      this.brokenUnsaid = false
      return unmet(this, expectation, ending, progress, within)
    })
    if (!expectation.silent) return met
    return met.then((messages) => {
      const silence = expectation.aim.replace(/^receive /, '').replace(/^not receive /, 'no ')
      this.record('hears', `${silence} for ${inWords(within)}`)
      return messages
    })
  }

  /** Takes such messages for noise from now on: they leave the inbox, and are in the transcript alone. */
  ignores(spoken: Spoken): void {
    this.isIntroduced = true
    this.inbox.ignore(this.matcher(spoken))
  }

  /**
   * Sends an HTTP request beside the socket, and waits for the response.
   * @param written a path or URL, with the method before it unless it is GET: `POST /orders`
   */
  request(written: string, extras: Extras = {}): Promise<void> {
    return this.heard(() => this.conversation.request(written, this, extras))
  }

  /** Marks everything that came as read. */
  catchUp(): void {
    this.mustHaveConnected()
    this.inbox.read()
  }

  /** Once: as soon as such a message is there or comes. It must have happened when the scenario ends. */
  when(spoken: Spoken, origin?: Origin): Reacting {
    return this.reacting(spoken, false, origin)
  }

  /** Every time such a message comes. */
  whenever(spoken: Spoken, origin?: Origin): Reacting {
    return this.reacting(spoken, true, origin)
  }

  /**
   * Keeps a part of the message that was read last as a variable.
   * @throws Mistake if none was read, or if it has nothing there
   */
  remember(path: string, variable: string): void {
    this.mustHaveConnected()
    const message = this.inbox.lastRead
    if (!message) throw new Mistake(`${clause(this.name, 'has read no message yet')}, so there is nothing to remember.`)
    this.keep(path, variable, message, `The message that ${this.name} read last`)
  }

  /**
   * Keeps a part of the last response as a variable.
   * @throws Mistake if nothing was requested, or if it has nothing there
   */
  rememberFromResponse(path: string, variable: string): void {
    const { asked, body } = this.conversation.response
    this.keep(path, variable, body, `The response to ${asked}`)
  }

  private keep(path: string, variable: string, message: Readable, what: string): void {
    const values = parsePath(this.variables.fill(path)).select(showable(message))
    if (values.length === 0) {
      throw new Mistake(`${what} has nothing at "${path}": it is ${excerpt(JSON.stringify(showable(message)))}`)
    }
    mustBeExact(values[0])
    this.conversation.variables.set(variable, values[0])
  }

  /** The matcher of what is meant, with variables and templates as they are now. */
  matcher(spoken: Spoken): Matcher {
    return wordingOf(spoken).expected(this)
  }

  private transmit(data: string | Buffer, reaction = false): Promise<void> {
    this.mustBeConnected('send')
    this.conversation.secrets.learnFromText(data)
    this.record('sends', data, reaction)
    const { timeout, closeGrace } = this.conversation.settings
    return this.link.send(data, timeout).catch(async (error) => {
      // A server that is closing takes nothing more; what it closes with is known when it has closed.
      await this.link.ended(closeGrace)
      this.mustBeConnected('send')
      throw new ConnectionFailure(`${this.name} could not send: ${(error as Error).message}. ${this.standing}`)
    })
  }

  private reacting(spoken: Spoken, everyTime: boolean, origin: Origin = {}): Reacting {
    this.isIntroduced = true
    const arm = (response: Response) =>
      this.conversation.arm((tell) => new Reaction(this, this.matcher(spoken), everyTime, response, origin, tell))
    return {
      send: (answer, { after } = {}) => {
        const wording = wordingOf(answer)
        wording.checkOutgoing?.()
        const delay = after === undefined ? undefined : milliseconds(after)
        const what = `${wording.written}${delay === undefined ? '' : ` after ${inWords(delay)}`}`
        arm({
          one: `sends ${what}`,
          several: `send ${what}`,
          past: `sent ${what}`,
          act: async (received) => {
            if (delay !== undefined) await this.conversation.pause(delay)
            const speaker = this.conversation.speaking(this.variables.with({ received }))
            await this.transmit(wording.outgoing(speaker), true)
          },
        })
      },
      disconnect: () =>
        arm({ one: 'disconnects', several: 'disconnect', past: 'disconnected', act: () => this.leave() }),
      request: (written) =>
        arm({
          one: `requests "${written}"`,
          several: `request "${written}"`,
          past: `requested "${written}"`,
          act: (received) =>
            this.conversation.request(written, { name: this.name, variables: this.variables.with({ received }) }),
        }),
      do: (doing, act) =>
        arm({
          one: `is to ${doing}`,
          several: `are to ${doing}`,
          past: `came to ${doing}`,
          act: async (received) => act(received),
        }),
    }
  }
}

/** Those who write no types may give a message. */
function expectationOf(given: unknown): Expectation {
  if (typeof (given as Expectation | undefined)?.begin === 'function') return given as Expectation
  throw new Mistake(
    'What a client expects is made by inOrder([…]), next(…) and their like; for a message write `receives`.',
  )
}
