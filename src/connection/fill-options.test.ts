import { expect } from 'chai'
import { Variables } from '../variables/variables'
import { fillOptions } from './fill-options'

describe('The options of a protocol', () => {
  it('have the variables of their texts filled in, wherever these stand, and nothing else', () => {
    const bytes = Buffer.from('${room}')
    const options = {
      topic: '${room}/#',
      qos: 1,
      list: ['${room}', { __proto__x: null }],
      will: { topic: '${room}' },
      bytes,
    }
    expect(fillOptions(options, new Variables({ room: 'kitchen' }))).to.deep.equal({
      ...{ topic: 'kitchen/#', qos: 1, list: ['kitchen', { __proto__x: null }], will: { topic: 'kitchen' }, bytes },
    })
  })

  it('have unknown ones told', () => {
    expect(() => fillOptions({ topic: '${rom}' }, new Variables({ room: 'kitchen' }))).to.throw('rom')
  })
})
