import { expect } from 'chai'
import { Message } from './message'
import { UnreadMessages } from './unread-messages'

describe('UnreadMessages', () => {
  let unread: UnreadMessages
  let messages: Message[]

  beforeEach(() => {
    messages = Array.from({ length: 10 }, (_, index) => new Message(index + 1, 0, `${index + 1}`))
    unread = new UnreadMessages(messages)
  })

  it('stay in the order of arrival, whichever are removed', () => {
    for (const number of [10, 3, 1, 7, 8, 2]) unread.remove(messages[number - 1] as Message)
    expect(numbers()).to.deep.equal([4, 5, 6, 9])
    messages.push(new Message(11, 0, '11'))
    expect(numbers()).to.deep.equal([4, 5, 6, 9, 11])
  })

  it('some: finds one among those that were left when the list was made anew', () => {
    for (let number = 11; number <= 100; number++) messages.push(new Message(number, 0, `${number}`))
    for (const message of messages.slice(0, 90)) unread.remove(message)
    expect(unread.some(({ number }) => number === 95)).to.equal(true)
    expect(unread.some(({ number }) => number === 90)).to.equal(false)
  })

  it('are removed once', () => {
    const [first] = messages as [Message]
    for (let time = 0; time < 20; time++) unread.remove(first)
    expect(first.isUnread).to.equal(false)
    expect(numbers()).to.deep.equal([2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('some: visits messages up to the first that matches, also while they are removed', () => {
    const seen: number[] = []
    const lookFor = (number: number) =>
      unread.some((message) => {
        seen.push(message.number)
        unread.remove(message)
        return message.number === number
      })
    expect(lookFor(7)).to.equal(true)
    expect(seen).to.deep.equal([1, 2, 3, 4, 5, 6, 7])
    expect(numbers()).to.deep.equal([8, 9, 10])
    expect(lookFor(7)).to.equal(false)
    expect(numbers()).to.deep.equal([])
  })

  function numbers(): number[] {
    return unread.list().map(({ number }) => number)
  }
})
