import { expect } from 'chai'
import { failureMessage } from '../../test/support/failures'
import { startConversation } from '../../test/support/fake-server'
import { messageCount } from '../expectations/expect-several'

describe('Calls of a client', () => {
  it('reject, and never throw at once', async () => {
    const rob = startConversation().conversation.client('Rob')
    const outcomes = [
      rob.send('Hello'),
      rob.receives('Hello'),
      rob.doesNotReceive('Hello'),
      rob.expect(messageCount(1)),
      rob.expectDisconnected(),
      rob.expectPong(),
    ]
    const messages = await Promise.all(outcomes.map((outcome) => failureMessage(() => outcome)))
    for (const message of messages) expect(message).to.match(/^There is no client Rob in this scenario yet/)
  })
})
