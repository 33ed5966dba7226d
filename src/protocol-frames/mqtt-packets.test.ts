import { expect } from 'chai'
import { PacketReader } from './mqtt-packets'

/** What is wrong with the bytes of a packet; nothing if it can be read. */
function problemOf(version: 4 | 5, hex: string): string | undefined {
  const reader = new PacketReader(version, 1000)
  try {
    const packets = [...reader.read(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))]
    for (const packet of packets) reader.decode(packet)
    return packets.length === 1 ? undefined : 'it has not ended'
  } catch (error) {
    return (error as Error).message
  }
}

const [HEAD, ID, LONG, SHORT] = [
  ...['it begins as no packet of MQTT', 'it has no id'],
  ...['it has more than it may have', 'it ends before what its lengths say'],
]
const [UTF8, NUL] = ['it has a text that is not UTF-8', 'it has a text with NUL']
const misplaced = (name: string) => `it has the property ${name}, which servers do not send there`

describe('Packets of MQTT', () => {
  for (const [name, hex] of [
    ['a CONNACK', '20 02 00 00'],
    ['a PUBLISH', '30 04 0001 61 62'],
    ['a PUBLISH that is sent again', '3a 06 0001 61 0007 62'],
    ['a PUBLISH with a topic beyond ASCII, and without content', '30 06 0004 f09f8eb5'],
    ['a PUBACK', '40 02 0007'],
    ['a PUBREC', '50 02 0007'],
    ['a PUBREL', '62 02 0007'],
    ['a PUBCOMP', '70 02 0007'],
    ['a SUBACK', '90 03 0007 00'],
    ['an UNSUBACK', 'b0 02 0007'],
    ['a PINGRESP', 'd0 00'],
    ['a length with more bytes than it needs', 'd0 80 00'],
  ]) {
    it(`are read in version 3.1.1: ${name}`, () => expect(problemOf(4, hex as string)).to.equal(undefined))
  }

  for (const [name, hex] of [
    ['a CONNACK', '20 03 00 00 00'],
    [
      'a CONNACK with properties',
      `20 36 00 00 33  11 00000000  21 0001  24 01  25 00  27 00000001  12 0001 61  22 0000  1f 0001 61
       26 0001 61 0001 62  26 0001 61 0001 63  28 01  29 01  2a 00  13 0000`,
    ],
    ['a CONNACK of a server that does not speak this version', '20 02 00 01'],
    ['a PUBLISH', '30 05 0001 61 00 62'],
    [
      'a PUBLISH with properties',
      '30 1e 0001 61 19  01 01  02 00000000  03 0001 61  08 0001 61  09 0002 ffff  0b 8001  0b 02  62',
    ],
    ['a PUBACK', '40 02 0007'],
    ['a PUBACK with a code', '40 03 0007 00'],
    ['a PUBREL with a reason', '62 08 0007 92 04 1f 0001 61'],
    ['a SUBACK with a reason', '90 08 0007 04 1f 0001 61 00'],
    ['an UNSUBACK', 'b0 04 0007 00 11'],
    ['a PINGRESP', 'd0 00'],
    ['a DISCONNECT', 'e0 00'],
    ['a DISCONNECT with a code', 'e0 01 8b'],
    ['a DISCONNECT with a reason', 'e0 06 8b 04 1c 0001 61'],
  ]) {
    it(`are read in version 5: ${name}`, () => expect(problemOf(5, hex as string)).to.equal(undefined))
  }

  for (const [version, hex, problem] of [
    [4, '00 00', HEAD],
    [4, '21 02 00 00', HEAD],
    [4, '41 02 0007', HEAD],
    [4, '60 02 0007', HEAD],
    [4, '98 03 0007 00', HEAD],
    [4, 'd1', HEAD],
    [4, '36 00', 'its QoS is 3'],
    [4, '38 04 0001 61 62', 'it is marked as sent again, and its QoS is 0'],
    [4, '30 ffffffff', 'a length has more than four bytes'],
    [5, 'd0 80 00', 'a length has more bytes than it needs'],
    [4, '30 04 0001 ff 62', UTF8],
    [4, '30 05 0003 eda080', UTF8],
    [4, '30 04 0002 c0af', UTF8],
    [4, '30 04 0001 00 62', NUL],
    [4, '30 02 0001', SHORT],
    [4, '30 01 00', SHORT],
    [4, '30 00', SHORT],
    [4, '32 03 0001 61', SHORT],
    [4, '32 05 0001 61 0000', ID],
    [4, '34 05 0001 61 0000', ID],
    ...['40', '50', '62', '70'].map((head) => [4, `${head} 02 0000`, ID] as const),
    ...['40', '50', '62', '70'].map((head) => [4, `${head} 03 0007 00`, LONG] as const),
    ...['40', '50', '62', '70'].map((head) => [4, `${head} 01 00`, SHORT] as const),
    [4, '90 03 0000 00', ID],
    [4, 'b0 02 0000', ID],
    [4, 'b0 03 0007 00', 'Malformed unsuback, payload length must be 2'],
    [4, '90 03 0007 03', 'Invalid suback QoS, must be 0, 1, 2 or 128'],
    [4, 'd0 01 00', LONG],
    [4, 'e0 01 00', LONG],
    [4, '20 01 00', SHORT],
    [4, '20 03 00 00 00', LONG],
    [4, '20 02 02 00', 'Invalid connack flags, bits 7-1 must be set to 0'],
    [5, '20 02 00 00', SHORT],
    [5, '20 03 00 00 80', SHORT],
    [5, '20 03 00 00 01', SHORT],
    [5, '20 04 00 00 00 00', LONG],
    [5, '20 04 00 00 01 11', SHORT],
    [5, '20 06 00 00 03 21 0000', 'its property receiveMaximum is 0'],
    [5, '20 08 00 00 05 27 00000000', 'its property maximumPacketSize is 0'],
    [5, '20 05 00 00 02 24 02', 'it has a property that is neither 0 nor 1'],
    [5, '20 05 00 00 02 2a 02', 'it has a property that is neither 0 nor 1'],
    [5, '20 09 00 00 06 13 0001 13 0002', 'it has the property serverKeepAlive twice'],
    [5, '20 07 00 00 04 15 0001 61', misplaced('authenticationMethod')],
    [5, '20 07 00 00 04 1a 0001 61', misplaced('responseInformation')],
    [5, '20 07 00 00 04 12 0001 ff', UTF8],
    [5, '20 0a 00 00 07 26 0001 61 0001 00', NUL],
    [5, '30 04 0001 61 05', SHORT],
    [5, '30 08 0001 61 03 23 0000 62', misplaced('topicAlias')],
    [5, '30 06 0001 61 02 0b 00', 'its property subscriptionIdentifier is 0'],
    [5, '30 06 0001 61 02 01 02', 'it has a property that is neither 0 nor 1'],
    [5, '30 05 0001 61 01 0b', SHORT],
    [5, '30 06 0001 61 02 7f 00', misplaced('127')],
    [5, '30 07 0001 61 03 09 0001', SHORT],
    [5, '40 09 0007 00 05 11 00000000', misplaced('sessionExpiryInterval')],
    [5, '40 05 0007 00 00 00', LONG],
    [5, '40 03 0007 01', 'Invalid puback reason code'],
    [5, '90 02 0007', SHORT],
    [5, '90 04 0007 00 03', 'Invalid suback code'],
    [5, 'e0 01 01', 'Invalid disconnect reason code'],
    [5, 'e0 07 00 05 11 00000000', misplaced('sessionExpiryInterval')],
  ] as const) {
    it(`are malformed in version ${version}, ${hex}: ${problem}`, () =>
      expect(problemOf(version, hex)).to.equal(problem))
  }

  it('that nobody but clients send are left to who reads them', () => expect(problemOf(4, 'c0 00')).to.equal(undefined))
})
