import { inspect } from 'node:util'
import type { IWorldOptions } from '@cucumber/cucumber'
import { expect } from 'chai'
import { failureOf } from '../test/support/failures'
import { UsageError } from './errors'
import { Conversation } from './websocket-conversation'
import { ConversationWorld, conversationOf, existingConversationOf, rememberParameters } from './world'

const timeout = (ms: number) => ({ websocket: { timeout: ms } })

class World {}
const worldWith = (own: object) => Object.assign(new World(), own)

describe('a World', () => {
  afterEach(() => rememberParameters({}))

  it('of any class has a conversation, always the same', () => {
    const world = new (class Anything {})()
    expect(conversationOf(world)).to.be.an.instanceOf(Conversation)
    expect(conversationOf(world)).to.equal(conversationOf(world))
  })

  it('is no module, which an arrow function would have for it', async () => {
    for (const other of [{}, undefined]) {
      expect((await failureOf(() => conversationOf(other as object))).message).to.equal(
        'conversationOf(this) needs the World of a scenario: write the step with function, not with =>.',
      )
    }
  })

  it('shares its conversation with no other', () => {
    expect(conversationOf(new World())).not.to.equal(conversationOf(new World()))
  })

  it('keeps its conversation out of sight', () => {
    const world = worldWith({ name: 'mine' })
    conversationOf(world)
    expect(Object.keys(world)).to.deep.equal(['name'])
    expect({ ...world }).to.deep.equal({ name: 'mine' })
    expect(inspect(world)).to.equal("World { name: 'mine' }")
  })

  it('keeps it where a second copy of the library finds it', () => {
    const world = new World()
    const conversation = conversationOf(world)
    expect((world as Record<symbol, unknown>)[Symbol.for('cucumber-websocket.conversation')]).to.equal(conversation)
  })

  it('without settings needs nobody to check them', () => {
    const schema = require.resolve('./settings/schema')
    delete require.cache[schema]
    conversationOf(new World())
    expect(require.cache).not.to.have.property(schema)
  })

  it('has the settings of its parameters', () => {
    expect(conversationOf(worldWith({ parameters: timeout(123) })).settings.timeout).to.equal(123)
  })

  it('has the settings of the run if it has no parameters', () => {
    rememberParameters(timeout(123))
    expect(conversationOf(new World()).settings.timeout).to.equal(123)
  })

  it('has the settings of the run if its parameters are something of its own', () => {
    rememberParameters(timeout(123))
    expect(conversationOf(worldWith({ parameters: { locale: 'de' } })).settings.timeout).to.equal(123)
  })

  it('has its own settings before those of the run', () => {
    rememberParameters(timeout(123))
    expect(conversationOf(worldWith({ parameters: timeout(456) })).settings.timeout).to.equal(456)
  })

  it('has the usual settings if there are none', () => {
    expect(conversationOf(new World()).settings.timeout).to.equal(5000)
  })

  it('with wrong settings has no conversation, and says why each time', async () => {
    const world = worldWith({ parameters: { websocket: { timeouts: 1 } } })
    for (const _ of ['once', 'twice']) {
      const failure = await failureOf(() => conversationOf(world))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.contain('timeouts')
      expect(existingConversationOf(world)).to.equal(undefined)
    }
  })

  it('has no conversation before somebody asks for it', () => {
    const world = new World()
    expect(existingConversationOf(world)).to.equal(undefined)
    const conversation = conversationOf(world)
    expect(existingConversationOf(world)).to.equal(conversation)
  })

  it('may extend the one of this library', () => {
    class Mine extends ConversationWorld<{ websocket: object }> {}
    const options = { attach: () => {}, log: () => {}, link: () => {}, parameters: timeout(123) }
    const world = new Mine(options as unknown as IWorldOptions<{ websocket: object }>)
    expect(world).to.include(options)
    expect(world.conversation).to.equal(conversationOf(world))
    expect(world.conversation.settings.timeout).to.equal(123)
  })
})
