import { inspect } from 'node:util'
import type { IWorldOptions } from '@cucumber/cucumber'
import { expect } from 'chai'
import { failureOf } from '../test/support/failures'
import { World } from '../test/support/world'
import { UsageError } from './errors'
import { Conversation } from './websocket-conversation'
import { ConversationWorld, conversationOf, existingConversationOf, rememberParameters } from './world'

const timeout = (ms: number) => ({ websocket: { timeout: ms } })

const worldWith = (own: object) => Object.assign(new World(), own)

describe('conversationOf', () => {
  afterEach(() => rememberParameters({}))

  it('returns the same conversation for a World of any class', () => {
    const world = new (class Anything extends World {})()
    expect(conversationOf(world)).to.be.an.instanceOf(Conversation)
    expect(conversationOf(world)).to.equal(conversationOf(world))
  })

  it('refuses what `this` is in an arrow function', async () => {
    for (const other of [{}, undefined]) {
      expect((await failureOf(() => conversationOf(other as object))).message).to.equal(
        'conversationOf(this) needs the World of a scenario: write the step with function, not with =>.',
      )
    }
  })

  it('returns another conversation for another World', () => {
    expect(conversationOf(new World())).not.to.equal(conversationOf(new World()))
  })

  it('adds no visible property to the World', () => {
    const world = worldWith({ name: 'mine' })
    conversationOf(world)
    expect(Object.keys(world)).to.deep.equal(['name'])
    expect({ ...world }).to.deep.equal({ name: 'mine' })
    expect(inspect(world)).to.equal("World { name: 'mine' }")
  })

  it('keeps the conversation where a second copy of the library finds it', () => {
    const world = new World()
    const conversation = conversationOf(world)
    expect((world as Record<symbol, unknown>)[Symbol.for('cucumber-websocket.conversation')]).to.equal(conversation)
  })

  it('refuses a World that cannot keep the conversation', () => {
    for (const fix of [Object.freeze, Object.seal, Object.preventExtensions])
      expect(() => conversationOf(fix(new World()))).to.throw(UsageError, 'do not freeze or seal it')
  })

  it('does not load the schema if there are no settings', () => {
    const schema = require.resolve('./settings/schema')
    delete require.cache[schema]
    conversationOf(new World())
    expect(require.cache).not.to.have.property(schema)
  })

  it('uses the parameters of the World', () => {
    expect(conversationOf(worldWith({ parameters: timeout(123) })).settings.timeout).to.equal(123)
  })

  it('uses the parameters of the run if the World has none', () => {
    rememberParameters(timeout(123))
    expect(conversationOf(new World()).settings.timeout).to.equal(123)
  })

  it('uses the parameters of the run if those of the World are others', () => {
    rememberParameters(timeout(123))
    expect(conversationOf(worldWith({ parameters: { locale: 'de' } })).settings.timeout).to.equal(123)
  })

  it('prefers the parameters of the World to those of the run', () => {
    rememberParameters(timeout(123))
    expect(conversationOf(worldWith({ parameters: timeout(456) })).settings.timeout).to.equal(456)
  })

  it('uses the defaults if there are no settings', () => {
    expect(conversationOf(new World()).settings.timeout).to.equal(5000)
  })

  it('throws for invalid settings, each time', async () => {
    const world = worldWith({ parameters: { websocket: { timeouts: 1 } } })
    for (const _ of ['once', 'twice']) {
      const failure = await failureOf(() => conversationOf(world))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.contain('timeouts')
      expect(existingConversationOf(world)).to.equal(undefined)
    }
  })

  it('creates the conversation when it is needed', () => {
    const world = new World()
    expect(existingConversationOf(world)).to.equal(undefined)
    const conversation = conversationOf(world)
    expect(existingConversationOf(world)).to.equal(conversation)
  })

  it('is the `conversation` of a ConversationWorld', async () => {
    class Mine extends ConversationWorld<{ websocket: object }> {}
    const options = { attach: () => {}, log: () => {}, link: () => {}, parameters: timeout(123) }
    const world = new Mine(options as unknown as IWorldOptions<{ websocket: object }>)
    expect(world).to.include(options)
    expect(world.conversation).to.equal(conversationOf(world))
    expect(world.conversation.settings.timeout).to.equal(123)
    await world.conversation.end()
  })
})
