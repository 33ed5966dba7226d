/** What servers may lie about in the words of a protocol, and the sentences that have to see it. */

import { encode } from '@msgpack/msgpack'
import { generate, type Packet } from 'mqtt-packet'
import type { SpokenServer } from './protocol-servers'

/** What a server sends, in place of what it should. */
export interface Claim {
  readonly protocol: SpokenServer
  readonly steps: readonly string[]
  readonly honest: string
  readonly lies: Readonly<Record<string, string>>
}

const said = (params: unknown, method = 'said') => JSON.stringify({ jsonrpc: '2.0', method, params })
const answer = (members: object, id: unknown = 1) => JSON.stringify({ jsonrpc: '2.0', id, ...members })
const NO = { code: 7, message: 'No' }
/** A message of JSON-RPC that says another version, or none. */
const ofVersion = (jsonrpc: unknown, message: string) => JSON.stringify({ ...JSON.parse(message), jsonrpc })
const batch = (...messages: readonly string[]) => `[${messages}]`
const message = (
  destination: string,
  body: string,
  { command = 'MESSAGE', subscription = '\nsubscription:1', more = '' } = {},
) => `${command}\ndestination:${destination}${subscription}\nmessage-id:1${more}\n\n${body}\0`
const packet = (content: object, protocolVersion: 4 | 5 = 4) =>
  generate(content as Packet, { protocolVersion }).toString('latin1')
const SUBACK = packet({ cmd: 'suback', messageId: 1, granted: [0] })
const SUBACK5 = packet({ cmd: 'suback', messageId: 1, granted: [0] }, 5)
const kitchen = (properties: object = {}, version: 4 | 5 = 4, topic = 'house/kitchen') =>
  packet({ cmd: 'publish', topic, payload: 'Hello', qos: 0, properties }, version)
const shutdown = packet({ cmd: 'disconnect', reasonCode: 0x8b }, 5)
const wine = (content: unknown) =>
  packet({ cmd: 'publish', topic: 'wine', payload: Buffer.from(encode(content)), qos: 0 })
const LONG = 'x'.repeat(250)
const graphql = (type: string, payload: unknown, id = '1') => JSON.stringify({ type, id, payload })
const record = (members: object) => `${JSON.stringify(members)}\x1e`
const reply = (joinRef: unknown, ref: unknown, topic: string, response: unknown, status = 'ok') =>
  JSON.stringify([joinRef, ref, topic, 'phx_reply', { status, response }])

const push = (...frame: readonly unknown[]) => JSON.stringify(frame)
/** Several frames, where each would be one line. */
const frames = (...several: readonly string[]) => several.join('\n')

const transmission = (channel: string, content: unknown) =>
  JSON.stringify({ identifier: JSON.stringify({ channel }), message: content })

/** A message, and the end of the conversation. */
const endFor = (members: object) =>
  frames(transmission('ChatChannel', 'Hello'), JSON.stringify({ type: 'disconnect', ...members }))

const NOTHING = ''
const BYTES_SAID = '451-["said",{"_placeholder":true,"num":0}]'

export const CLAIMS: Readonly<Record<string, Claim>> = {
  'receives the event': {
    protocol: 'json-rpc',
    steps: ['Then Rob receives the event "said" with {"text": "Hello"}'],
    honest: said({ text: 'Hello', by: 'Ann' }),
    lies: {
      nothing: NOTHING,
      'another event': said({ text: 'Hello' }, 'sung'),
      'another content': said({ text: 'Hullo' }),
      'no content': said(undefined),
      'the answer to a request': answer({ result: { text: 'Hello' } }),
      'an error': answer({ error: { code: 7, message: 'No', data: { text: 'Hello' } } }),
      'the event in version 1.0': ofVersion('1.0', said({ text: 'Hello', by: 'Ann' })),
      'the event in no version': ofVersion(undefined, said({ text: 'Hello', by: 'Ann' })),
      'the event as content': said({ event: 'said', text: 'Hello' }, 'other'),
      'a frame that cannot be read': said({ text: 'Hello' }).slice(0, -1),
    },
  },
  'receives the event, whatever its content is': {
    protocol: 'json-rpc',
    steps: ['Then Rob receives the event "said"'],
    honest: said(undefined),
    lies: {
      nothing: NOTHING,
      'another event': said({ text: 'said' }, 'sung'),
      'parameters that are a text': said('Hello'),
      'parameters that are null': said(null),
    },
  },
  'does not receive the event': {
    protocol: 'json-rpc',
    steps: ['Then Rob does not receive the event "said"'],
    honest: said({ text: 'said' }, 'sung'),
    lies: { 'the event': said({ text: 'Hello' }), 'the event without content': said(undefined) },
  },
  'reacts to an event': {
    protocol: 'json-rpc',
    steps: ['When Rob receives the event "said" with {"text": "Hello"} he sends the event "heard"'],
    honest: said({ text: 'Hello' }),
    lies: {
      nothing: NOTHING,
      'another event': said({ text: 'Hello' }, 'sung'),
      'another content': said({ text: 'Hi' }),
    },
  },
  'is answered': {
    protocol: 'json-rpc',
    steps: ['When Rob calls "add" with [1, 2]', 'Then he is answered {"sum": 3}'],
    honest: answer({ result: { sum: 3 } }),
    lies: {
      nothing: NOTHING,
      'another answer': answer({ result: { sum: 4 } }),
      'the answer to another request': answer({ result: { sum: 3 } }, 2),
      'the answer to the request "1"': answer({ result: { sum: 3 } }, '1'),
      'the answer to nothing': answer({ result: { sum: 3 } }, null),
      'an error': answer({ error: { code: 7, message: 'No', sum: 3 } }),
      'both that and an error': answer({ result: { sum: 3 }, error: NO }),
      'neither that nor an error': answer({ sum: 3 }),
      'no error, and no result': answer({ error: null, sum: 3 }),
      'that in version 1.0': ofVersion('1.0', answer({ result: { sum: 3 } })),
      'that in the version 2.0, which is a number': ofVersion(2, answer({ result: { sum: 3 } })),
      'that in no version': ofVersion(undefined, answer({ result: { sum: 3 } })),
      'a notification': said({ sum: 3 }, 'add'),
      'another answer, and then that one': batch(answer({ result: { sum: 4 } }), answer({ result: { sum: 3 } })),
      'an error, and then that': batch(answer({ error: NO }), answer({ result: { sum: 3 } })),
    },
  },
  'receives the answer': {
    protocol: 'json-rpc',
    steps: ['When Rob calls "add" with [1, 2]', 'Then he receives {"sum": 3}'],
    honest: answer({ result: { sum: 3 } }),
    lies: {
      nothing: NOTHING,
      'the answer to another request': answer({ result: { sum: 3 } }, 2),
      'the answer to the request "1"': answer({ result: { sum: 3 } }, '1'),
      'the answer to nothing': answer({ result: { sum: 3 } }, null),
      'the answer to a list': answer({ result: { sum: 3 } }, [1]),
      'another answer, and then that one': batch(answer({ result: { sum: 4 } }), answer({ result: { sum: 3 } })),
      'a request that is an answer': JSON.stringify({ method: 'add', params: { sum: 3 }, result: { sum: 3 }, id: 1 }),
      'a request whose method is not a text': JSON.stringify({ method: 5, params: { sum: 3 } }),
    },
  },
  'receives nothing but the answer': {
    protocol: 'json-rpc',
    steps: ['When Rob calls "add" with [1, 2]', 'Then he is answered {"sum": 3}', 'And he receives nothing else'],
    honest: answer({ result: { sum: 3 } }),
    lies: {
      'it twice': batch(answer({ result: { sum: 3 } }), answer({ result: { sum: 3 } })),
      'an answer to nothing, too': batch(answer({ result: { sum: 3 } }), answer({ result: {} }, 2)),
    },
  },
  'is answered with error': {
    protocol: 'json-rpc',
    steps: ['When Rob calls "add" with [1, 2]', 'Then he is answered with error {"code": 7}'],
    honest: answer({ error: NO }),
    lies: {
      nothing: NOTHING,
      'another error': answer({ error: { ...NO, code: 8 } }),
      'the error of another request': answer({ error: NO }, 2),
      'no error': answer({ result: { code: 7 } }),
      'both that and a result': answer({ error: NO, result: {} }),
    },
  },
  'is answered with an error': {
    protocol: 'json-rpc',
    steps: ['When Rob calls "add" with [1, 2]', 'Then he is answered with an error'],
    honest: answer({ error: NO }),
    lies: {
      nothing: NOTHING,
      'no error': answer({ result: {} }),
      'an error that is null': answer({ result: {}, error: null }),
      'another one': answer({ error: NO }, 2),
      'an error that is a text': answer({ error: 'No' }),
      'an error without a code': answer({ error: { message: 'No' } }),
      'an error without a message': answer({ error: { code: 7 } }),
      'an error whose code is a text': answer({ error: { ...NO, code: '7' } }),
      'an error whose code is not an integer': answer({ error: { ...NO, code: 7.5 } }),
      'an error in no version': ofVersion(undefined, answer({ error: NO })),
    },
  },
  'is answered when it has sent a request, too': {
    protocol: 'json-rpc',
    steps: [
      'When Rob sends {"jsonrpc": "2.0", "method": "watch", "id": 1}',
      'And he calls "add" with [1, 2]',
      'Then he is answered {"sum": 3}',
    ],
    honest: batch(answer({ result: { sum: 4 } }), answer({ result: { sum: 3 } }, 2)),
    lies: {
      'that as the answer to the request': answer({ result: { sum: 3 } }),
      'both the other way round': batch(answer({ result: { sum: 3 } }), answer({ result: { sum: 4 } }, 2)),
      'that as both': batch(answer({ result: { sum: 3 } }), answer({ result: { sum: 3 } })),
    },
  },
  'asks and is answered': {
    protocol: 'json-rpc',
    steps: ['When Rob asks {"jsonrpc": "2.0", "method": "add", "id": 7} and is answered {"sum": 3}'],
    honest: answer({ result: { sum: 3 } }, 7),
    lies: {
      nothing: NOTHING,
      'another answer': answer({ result: { sum: 4 } }, 7),
      'the answer to another request': answer({ result: { sum: 3, id: 7 } }, 8),
      'the answer to the request "7"': answer({ result: { sum: 3 } }, '7'),
      'a notification': said({ sum: 3, id: 7 }),
    },
  },
  'receives on a topic': {
    protocol: 'news',
    steps: ['Then Rob receives "Hello" on "/topic/news"'],
    honest: message('/topic/news', 'Hello'),
    lies: {
      nothing: NOTHING,
      'another topic': message('/topic/sports', 'Hello'),
      'a topic below': message('/topic/news/more', 'Hello'),
      'another content': message('/topic/news', 'Hullo'),
      'an error': message('/topic/news', 'Hello', { command: 'ERROR' }),
      'a message of another subscription': message('/topic/news', 'Hello', { subscription: '\nsubscription:2' }),
      'a message of no subscription': message('/topic/news', 'Hello', { subscription: '' }),
      'a message without an id': message('/topic/news', 'Hello').replace('\nmessage-id:1', ''),
      'a message of no destination': message('/topic/news', 'Hello').replace('\ndestination:/topic/news', ''),
      'a message after an error': message('/topic/news', 'No', { command: 'ERROR' }) + message('/topic/news', 'Hello'),
      'that, and then an error of which no sentence speaks':
        message('/topic/news', 'Hello') + message('/topic/news', 'No', { command: 'ERROR' }),
      'a message of another length': message('/topic/news', 'Hello', { more: '\ncontent-length:5.0' }),
    },
  },
  'does not receive on a topic': {
    protocol: 'news',
    steps: ['Then Rob does not receive "Hello" on "/topic/news"'],
    honest: message('/topic/sports', 'Hello'),
    lies: {
      'that message': message('/topic/news', 'Hello'),
      'the confirmation twice': 'RECEIPT\nreceipt-id:beginning-of-1\n\n\0',
    },
  },
  'receives on a topic, so often': {
    protocol: 'news',
    steps: ['Then Rob receives "Hello" on "/topic/news" exactly once'],
    honest: message('/topic/news', 'Hello') + message('/topic/sports', 'Hello'),
    lies: {
      'it twice': message('/topic/news', 'Hello') + message('/topic/news', 'Hello'),
      'it elsewhere': message('/topic/sports', 'Hello'),
    },
  },
  'connects to a server of this version': {
    protocol: 'gate',
    steps: [],
    honest: 'CONNECTED\nversion:1.2\n\n\0',
    lies: {
      nothing: NOTHING,
      'an older version': 'CONNECTED\nversion:1.0\n\n\0',
      'no version': 'CONNECTED\n\n\0',
      'a later version': 'CONNECTED\nversion:1.3\n\n\0',
      'a body': 'CONNECTED\nversion:1.2\n\n1.2\0',
    },
  },
  'receives on a subscription': {
    protocol: 'talk',
    steps: ['When Rob subscribes to "said"', 'Then he receives "Hello" on "said"'],
    honest: graphql('next', { data: { said: 'Hello' } }),
    lies: {
      nothing: NOTHING,
      'another content': graphql('next', { data: { said: 'Hullo' } }),
      'a result of another operation': graphql('next', { data: { said: 'Hello' } }, '2'),
      'an error': graphql('next', { data: { said: null }, errors: [{ message: 'Hello' }] }),
      'that the subscription has failed': graphql('error', [{ message: 'Hello' }]),
      'data that are a text': graphql('next', { data: 'Hello' }),
      'errors that are a text': graphql('next', { data: { said: 'Hello' }, errors: 'No' }),
    },
  },
  'receives nothing once it has unsubscribed': {
    protocol: 'talk',
    steps: ['When Rob subscribes to "said"', 'And he unsubscribes from "said"', 'Then he receives nothing'],
    honest: graphql('complete', undefined),
    lies: {
      'a result': graphql('next', { data: { said: 'Hello' } }),
      'two results': frames(graphql('next', { data: { said: 'Hello' } }), graphql('next', { data: { said: 'Hello' } })),
      'an error': graphql('error', [{ message: 'Hello' }]),
      'a result and an error': frames(
        graphql('next', { data: { said: 'Hello' } }),
        graphql('error', [{ message: 'Hello' }]),
      ),
    },
  },
  'receives nothing but what it has subscribed to': {
    protocol: 'talk',
    steps: ['When Rob subscribes to "said"', 'Then he receives "Hello"', 'And he receives nothing else'],
    honest: frames(graphql('next', { data: { said: 'Hello' } }), graphql('complete', undefined)),
    lies: {
      'the end of another operation': frames(
        graphql('next', { data: { said: 'Hello' } }),
        graphql('complete', undefined, '2'),
      ),
      'its end twice': frames(
        graphql('next', { data: { said: 'Hello' } }),
        graphql('complete', undefined),
        graphql('complete', undefined),
      ),
    },
  },
  'cannot begin a subscription': {
    protocol: 'talk',
    steps: ['Then Rob cannot subscribe to "said"'],
    honest: frames(graphql('next', { errors: [{ message: 'No' }] }), graphql('complete', undefined)),
    lies: {
      'errors beside data': graphql('next', { data: null, errors: [{ message: 'No' }] }),
      'errors that are none': graphql('next', { errors: ['No'] }),
      'an empty list of errors': graphql('next', { errors: [] }),
      'the errors of another operation': graphql('next', { errors: [{ message: 'No' }] }, '2'),
    },
  },
  'is let in': {
    protocol: 'door',
    steps: [],
    honest: packet({ cmd: 'connack', reasonCode: 0, sessionPresent: false }, 5),
    lies: {
      nothing: NOTHING,
      'that it may not': packet({ cmd: 'connack', reasonCode: 0x87, sessionPresent: false }, 5),
      'that there is a session': packet({ cmd: 'connack', reasonCode: 0, sessionPresent: true }, 5),
      'a length that does not end': '\x20\x03\x00\x00\x80',
      'no properties': '\x20\x02\x00\x00',
      'a property of other packets': '\x20\x06\x00\x00\x03\x23\x00\x01',
      'a property twice': '\x20\x09\x00\x00\x06\x13\x00\x01\x13\x00\x01',
      'a reserved flag': '\x21\x03\x00\x00\x00',
      'more than there is': '\x20\x04\x00\x00\x00\x00',
    },
  },
  'is let into a namespace': {
    protocol: 'lobby',
    steps: [],
    honest: '40{"sid":"b"}',
    lies: {
      nothing: NOTHING,
      'that it may not': '44{"message":"No"}',
      'no id, as Socket.IO 2 does': '40',
      'an id that is null': '40{"sid":null}',
      'an id that is a number': '40{"sid":7}',
      'another namespace': '40/staff,{"sid":"b"}',
    },
  },
  'receives on a topic of MQTT': {
    protocol: 'house',
    steps: ['When Rob subscribes to "house/kitchen"', 'Then he receives "Hello" on "house/kitchen"'],
    honest: SUBACK + kitchen(),
    lies: {
      'no message': SUBACK,
      'another topic': SUBACK + kitchen({}, 4, 'house/garden'),
      'no topic': SUBACK + kitchen().replace('\x00\x0dhouse/kitchen', '\x00\x00').replace('\x14', '\x07'),
      'that it is sent again, without quality': SUBACK + kitchen().replace('\x30', '\x38'),
      'a quality of 3': SUBACK + kitchen().replace('\x30', '\x36'),
      'no id': `${SUBACK}\x32\x16\x00\x0dhouse/kitchen\x00\x00Hello`,
      'a packet that is too short': `${SUBACK}\x30\x05\x00\x0dhouse/kitchenHello`,
      'the end that only clients say, and no message': `${SUBACK}\xe0\x00`,
    },
  },
  'receives any message of MQTT': {
    protocol: 'house',
    steps: ['When Rob subscribes to "house/#"', 'Then he receives "Hello"'],
    honest: SUBACK + kitchen(),
    lies: {
      'a topic that is not UTF-8': SUBACK + kitchen({}, 4, 'a').replace('a', '\xff'),
      'a topic with a surrogate': SUBACK + kitchen({}, 4, 'abc').replace('abc', '\xed\xa0\x80'),
      'a topic with NUL': SUBACK + kitchen({}, 4, 'a').replace('a', '\0'),
      'a topic with a wildcard': SUBACK + kitchen({}, 4, 'a').replace('a', '#'),
    },
  },
  'receives on a topic of MQTT 5': {
    protocol: 'mansion',
    steps: ['When Rob subscribes to "house/kitchen"', 'Then he receives "Hello" on "house/kitchen"'],
    honest: SUBACK5 + kitchen({ contentType: 'text/plain' }, 5),
    lies: {
      'the end before it': SUBACK5 + shutdown + kitchen({}, 5),
      'the end before both': shutdown + SUBACK5 + kitchen({}, 5),
      'that, and then an end for an error of which no sentence speaks': SUBACK5 + kitchen({}, 5) + shutdown,
      'an alias of the topic': SUBACK5 + kitchen({ topicAlias: 1 }, 5),
      'a property of other packets': SUBACK5 + kitchen({ reasonString: 'Hello' }, 5),
      'a topic for responses that has a wildcard': SUBACK5 + kitchen({ responseTopic: 'house/#' }, 5),
      'a content type that is not UTF-8': SUBACK5 + kitchen({ contentType: 'x' }, 5).replace('\x01x', '\x01\xff'),
    },
  },
  'is told why it is disconnected': {
    protocol: 'mansion',
    steps: [
      'When Rob subscribes to "house/kitchen"',
      'Then he receives the event "DISCONNECT" with "Server shutting down"',
    ],
    honest: SUBACK5 + shutdown,
    lies: {
      nothing: SUBACK5,
      'another reason': SUBACK5 + packet({ cmd: 'disconnect', reasonCode: 0x8e }, 5),
      'the reason as a message': SUBACK5 + kitchen({}, 5).replace('Hello', 'Server shutting down'),
      'the reason that clients have': SUBACK5 + packet({ cmd: 'disconnect', reasonCode: 4 }, 5),
    },
  },
  'subscribes to a topic of MQTT 5': {
    protocol: 'mansion',
    steps: ['When Rob subscribes to "house/kitchen"'],
    honest: SUBACK5,
    lies: {
      nothing: NOTHING,
      'the end before it': shutdown + SUBACK5,
      'no properties': '\x90\x02\x00\x01',
      'a property of other packets': '\x90\x07\x00\x01\x03\x13\x00\x01\x00',
      'an id of no packet': '\x90\x04\x00\x00\x00\x00',
    },
  },
  'subscribes to a topic': {
    protocol: 'house',
    steps: ['When Rob subscribes to "house/kitchen"'],
    honest: packet({ cmd: 'suback', messageId: 1, granted: [0] }),
    lies: {
      nothing: NOTHING,
      'that it may not': packet({ cmd: 'suback', messageId: 1, granted: [128] }),
      'the confirmation of two topics': packet({ cmd: 'suback', messageId: 1, granted: [0, 0] }),
      'the confirmation of no topic': '\x90\x02\x00\x01',
      'the confirmation of another packet': packet({ cmd: 'suback', messageId: 2, granted: [0] }),
      'the confirmation of an end': packet({ cmd: 'unsuback', messageId: 1 }),
      'a higher quality than it has asked for': packet({ cmd: 'suback', messageId: 1, granted: [1] }),
    },
  },
  'does not receive bytes': {
    protocol: 'house',
    steps: ['When Rob subscribes to "house/kitchen"', 'Then he does not receive the bytes "48 65 6c 6c 6f"'],
    honest: SUBACK,
    lies: {
      them: SUBACK + kitchen(),
      'them in what cannot be read': SUBACK + kitchen().replace('\x30', '\x36'),
      'what cannot be read': `${SUBACK}\x30\x05\x00\x0dhouse/kitchen`,
      'the confirmation twice': SUBACK + SUBACK,
    },
  },
  'receives no second message': {
    protocol: 'house',
    steps: ['When Rob subscribes to "house/kitchen"', 'Then he receives the bytes "ff" exactly once'],
    honest: SUBACK + packet({ cmd: 'publish', topic: 'house/kitchen', payload: Buffer.from([255]), qos: 0 }),
    lies: {
      nothing: SUBACK,
      'another one that cannot be read':
        SUBACK +
        packet({ cmd: 'publish', topic: 'house/kitchen', payload: Buffer.from([255]), qos: 0 }) +
        kitchen().replace('\x30', '\x36'),
    },
  },
  'does not receive what a codec writes in bytes': {
    protocol: 'cellar',
    steps: ['When Rob subscribes to "wine"', 'Then he does not receive "7"', 'And he does not receive any message'],
    honest: SUBACK,
    lies: {
      'it in bytes that are a text, too': SUBACK + packet({ cmd: 'publish', topic: 'wine', payload: '\x07', qos: 0 }),
      'it in bytes that are not a text': `${SUBACK}0\x08\x00\x04wine\xcc\x07`,
    },
  },
  'receives a text as a codec writes it': {
    protocol: 'cellar',
    steps: ['When Rob subscribes to "wine"', `Then he receives "${LONG}"`],
    honest: SUBACK + wine(LONG),
    lies: {
      nothing: SUBACK,
      'it behind U+FEFF': SUBACK + wine(`\ufeff${LONG}`),
      'it as a name': SUBACK + wine({ [LONG]: LONG }),
    },
  },
  'receives a member as a codec writes it': {
    protocol: 'cellar',
    steps: ['When Rob subscribes to "wine"', `Then he receives {"${LONG}": "red"}`],
    honest: SUBACK + wine({ [LONG]: 'red' }),
    lies: { nothing: SUBACK, 'a name behind U+FEFF': SUBACK + wine({ [`\ufeff${LONG}`]: 'red' }) },
  },
  'is answered in a channel': {
    protocol: 'rooms',
    steps: ['When Rob calls "seat" with {"guest": "Ann"}', 'Then he is answered {"seat": 3}'],
    honest: reply('1', '2', 'room:lobby', { seat: 3 }),
    lies: {
      nothing: NOTHING,
      'another answer': reply('1', '2', 'room:lobby', { seat: 4 }),
      'the answer to another push': reply('1', '3', 'room:lobby', { seat: 3 }),
      'the answer to no push': reply('1', null, 'room:lobby', { seat: 3 }),
      'the answer on another topic': reply('1', '2', 'room:cellar', { seat: 3 }),
      'the answer to another join': reply('9', '2', 'room:lobby', { seat: 3 }),
      'an error': reply('1', '2', 'room:lobby', { seat: 3 }, 'error'),
      'a push': push('1', '2', 'room:lobby', 'seat', { seat: 3 }),
      'the answer to the number 2': reply('1', 2, 'room:lobby', { seat: 3 }),
      'the answer to the join 1, which is a number': reply(1, '2', 'room:lobby', { seat: 3 }),
      'that after the end of the channel': frames(
        push('1', '1', 'room:lobby', 'phx_close', {}),
        reply('1', '2', 'room:lobby', { seat: 3 }),
      ),
      'that after its failure': frames(
        push('1', '1', 'room:lobby', 'phx_error', {}),
        reply('1', '2', 'room:lobby', { seat: 3 }),
      ),
      'an answer of six parts': push(
        '1',
        '2',
        'room:lobby',
        'phx_reply',
        { status: 'ok', response: { seat: 3 } },
        null,
      ),
      'another answer, and then that one': frames(
        reply('1', '2', 'room:lobby', { seat: 4 }),
        reply('1', '2', 'room:lobby', { seat: 3 }),
      ),
    },
  },
  'receives what is pushed': {
    protocol: 'rooms',
    steps: ['Then Rob receives {"text": "Hello"}'],
    honest: push('1', null, 'room:lobby', 'said', { text: 'Hello' }),
    lies: {
      nothing: NOTHING,
      'a push to a topic that is not joined': push(null, null, 'room:cellar', 'said', { text: 'Hello' }),
      'a push of another join': push('9', null, 'room:lobby', 'said', { text: 'Hello' }),
      'a push after the end of the channel': frames(
        push('1', '1', 'room:lobby', 'phx_close', {}),
        push(null, null, 'room:lobby', 'said', { text: 'Hello' }),
      ),
      'a push after its failure': frames(
        push('1', '1', 'room:lobby', 'phx_error', {}),
        push(null, null, 'room:lobby', 'said', { text: 'Hello' }),
      ),
      'a push of four parts': push(null, 'room:lobby', 'said', { text: 'Hello' }),
      'a push of six parts': push('1', null, 'room:lobby', 'said', { text: 'Hello' }, {}),
      'the end of a channel that is not joined': push(null, null, 'room:cellar', 'phx_close', { text: 'Hello' }),
      'that in an event that only clients send': push('1', null, 'room:lobby', 'phx_leave', { text: 'Hello' }),
    },
  },
  'receives what is pushed before it has left': {
    protocol: 'rooms',
    steps: ['When Rob unsubscribes from "room:lobby"', 'Then he receives {"text": "Hello"}'],
    honest: frames(push(null, null, 'room:lobby', 'said', { text: 'Hello' }), reply('1', '2', 'room:lobby', {})),
    lies: {
      nothing: NOTHING,
      'only the confirmation': reply('1', '2', 'room:lobby', {}),
      'a push after that': frames(
        reply('1', '2', 'room:lobby', {}),
        push(null, null, 'room:lobby', 'said', { text: 'Hello' }),
      ),
      'a push of the join after that': frames(
        reply('1', '2', 'room:lobby', {}),
        push('1', null, 'room:lobby', 'said', { text: 'Hello' }),
      ),
    },
  },
  'receives nothing once it has left': {
    protocol: 'rooms',
    steps: ['When Rob unsubscribes from "room:lobby"', 'Then he receives nothing'],
    honest: frames(reply('1', '2', 'room:lobby', {}), push('1', '1', 'room:lobby', 'phx_close', {})),
    lies: {
      'the confirmation twice': frames(reply('1', '2', 'room:lobby', {}), reply('1', '2', 'room:lobby', {})),
      'a confirmation that says more': reply('1', '2', 'room:lobby', { text: 'Hello' }),
      'an end that says more': frames(
        reply('1', '2', 'room:lobby', {}),
        push('1', '1', 'room:lobby', 'phx_close', { text: 'Hello' }),
      ),
      'the end twice': frames(
        reply('1', '2', 'room:lobby', {}),
        push('1', '1', 'room:lobby', 'phx_close', {}),
        push('1', '1', 'room:lobby', 'phx_close', {}),
      ),
      'an answer to no heartbeat': frames(reply('1', '2', 'room:lobby', {}), reply(null, '0', 'phoenix', {})),
    },
  },
  'is answered by a hub': {
    protocol: 'hub',
    steps: ['When Rob calls "Add" with [1, 2]', 'Then he is answered "3"'],
    honest: record({ type: 3, invocationId: '1', result: 3 }),
    lies: {
      nothing: NOTHING,
      'another answer': record({ type: 3, invocationId: '1', result: 4 }),
      'the answer to another call': record({ type: 3, invocationId: '2', result: 3 }),
      'the answer to the number 1': record({ type: 3, invocationId: 1, result: 3 }),
      'both that and an error': record({ type: 3, invocationId: '1', result: 3, error: 'No' }),
      'an error': record({ type: 3, invocationId: '1', error: '3' }),
      'another answer, and then that one':
        record({ type: 3, invocationId: '1', result: 4 }) + record({ type: 3, invocationId: '1', result: 3 }),
      'an item of a stream': record({ type: 2, invocationId: '1', item: 3 }),
      'a call of the hub': record({ type: 1, target: 'Add', arguments: [3] }),
      'that after the end': record({ type: 7 }) + record({ type: 3, invocationId: '1', result: 3 }),
      'that after the end for an error':
        record({ type: 7, error: 'No' }) + record({ type: 3, invocationId: '1', result: 3 }),
      'that, and then an end for an error of which no sentence speaks':
        record({ type: 3, invocationId: '1', result: 3 }) + record({ type: 7, error: 'No' }),
    },
  },
  'is answered by a hub, and receives nothing else': {
    protocol: 'hub',
    steps: ['When Rob calls "Add" with [1, 2]', 'Then he is answered "3"', 'And he receives nothing else'],
    honest: record({ type: 3, invocationId: '1', result: 3 }) + record({ type: 6 }),
    lies: {
      'it twice': record({ type: 3, invocationId: '1', result: 3 }).repeat(2),
      'an answer to no call':
        record({ type: 3, invocationId: '1', result: 3 }) + record({ type: 3, invocationId: '2', result: 3 }),
      'the handshake once more': `${record({ type: 3, invocationId: '1', result: 3 })}{}\x1e`,
    },
  },
  'is answered by a hub with an error': {
    protocol: 'hub',
    steps: ['When Rob calls "Add" with [1, 2]', 'Then he is answered with an error'],
    honest: record({ type: 3, invocationId: '1', error: 'No' }),
    lies: {
      nothing: NOTHING,
      'no error': record({ type: 3, invocationId: '1', result: 3 }),
      'an error that is null': record({ type: 3, invocationId: '1', error: null }),
      'an error that is not a text': record({ type: 3, invocationId: '1', error: NO }),
    },
  },
  'receives an item of a stream': {
    protocol: 'hub',
    steps: ['When Rob calls "Count" with [3]', 'Then he receives the event "Count" with "3"'],
    honest: record({ type: 2, invocationId: '1', item: 3 }),
    lies: {
      nothing: NOTHING,
      'another item': record({ type: 2, invocationId: '1', item: 4 }),
      'an item of another stream': record({ type: 2, invocationId: '2', item: 3 }),
      'an item of the stream 1, which is a number': record({ type: 2, invocationId: 1, item: 3 }),
      'an item after the end': record({ type: 3, invocationId: '1' }) + record({ type: 2, invocationId: '1', item: 3 }),
      'an item after the end of all': record({ type: 7 }) + record({ type: 2, invocationId: '1', item: 3 }),
      'the end of the stream': record({ type: 3, invocationId: '1', result: 3 }),
      'another call of the hub': record({ type: 1, target: 3, arguments: ['Count'] }),
    },
  },
  'receives the end of a stream': {
    protocol: 'hub',
    steps: ['When Rob calls "Count" with [3]', 'Then he is answered any message'],
    honest: record({ type: 2, invocationId: '1', item: 3 }) + record({ type: 3, invocationId: '1' }),
    lies: {
      nothing: NOTHING,
      'an item': record({ type: 2, invocationId: '1', item: 3 }),
      'an end with a result':
        record({ type: 2, invocationId: '1', item: 3 }) + record({ type: 3, invocationId: '1', result: 3 }),
    },
  },
  'receives any item of a stream': {
    protocol: 'hub',
    steps: ['When Rob calls "Count" with [3]', 'Then he receives the event "Count"'],
    honest: record({ type: 2, invocationId: '1', item: null }),
    lies: { nothing: NOTHING, 'an item that is not there': record({ type: 2, invocationId: '1' }) },
  },
  'cannot subscribe': {
    protocol: 'talk',
    steps: ['Then Rob cannot subscribe to "said"'],
    honest: graphql('error', [{ message: 'No' }]),
    lies: {
      nothing: NOTHING,
      'a result, and then that': frames(
        graphql('next', { data: { said: 'Hello' } }),
        graphql('error', [{ message: 'No' }]),
      ),
      'its end, and then that': frames(graphql('complete', undefined), graphql('error', [{ message: 'No' }])),
      'that of another operation': graphql('error', [{ message: 'No' }], '2'),
    },
  },
  'receives what a channel transmits': {
    protocol: 'cable',
    steps: ['Then Rob receives {"text": "Hello"}'],
    honest: transmission('ChatChannel', { text: 'Hello' }),
    lies: {
      nothing: NOTHING,
      'that of a channel to which it has not subscribed': transmission('StaffChannel', { text: 'Hello' }),
      'that after the end': frames(
        JSON.stringify({ type: 'disconnect', reason: 'remote', reconnect: false }),
        transmission('ChatChannel', { text: 'Hello' }),
      ),
      'that of no channel': JSON.stringify({ message: { text: 'Hello' } }),
    },
  },
  'does not receive what a channel transmits': {
    protocol: 'cable',
    steps: ['Then Rob receives "Hi"', 'And he does not receive "Hello"'],
    honest: transmission('ChatChannel', 'Hi'),
    lies: {
      that: frames(transmission('ChatChannel', 'Hi'), transmission('ChatChannel', 'Hello')),
      'the confirmation twice': frames(
        transmission('ChatChannel', 'Hi'),
        JSON.stringify({ type: 'confirm_subscription', identifier: JSON.stringify({ channel: 'ChatChannel' }) }),
      ),
      'the welcome twice': frames(transmission('ChatChannel', 'Hi'), '{"type":"welcome"}'),
    },
  },
  'goes on as it should': {
    protocol: 'cable',
    steps: ['Then Rob receives "Hello"', 'And 20 ms pass'],
    honest: endFor({ reason: 'remote' }),
    lies: {
      nothing: NOTHING,
      'the end for want of rights': endFor({ reason: 'unauthorized' }),
      'the end for a wrong request': endFor({ reason: 'invalid_request' }),
      'the end without a reason': endFor({}),
      'the end for an empty reason': endFor({ reason: '' }),
      'the end whose reason is null': endFor({ reason: null }),
      'the end whose reason is a number': endFor({ reason: 5 }),
    },
  },
  'receives whatever a channel transmits': {
    protocol: 'cable',
    steps: ['Then Rob receives any message on "ChatChannel"'],
    honest: transmission('ChatChannel', null),
    lies: {
      nothing: NOTHING,
      'no message': transmission('ChatChannel', undefined),
      'another one': transmission('StaffChannel', null),
    },
  },
  'receives nothing before an event': {
    protocol: 'chat',
    steps: ['When Rob emits "hello"', 'Then he receives nothing before the event "said"'],
    honest: '42["said"]',
    lies: {
      nothing: NOTHING,
      'a ping with content': frames('2["said"]', '42["said"]'),
      'a pong': frames('3', '42["said"]'),
      'an upgrade': frames('5', '42["said"]'),
      'something that says nothing, with content': frames('6["said"]', '42["said"]'),
      'bytes that never come': frames('451-["sung",{"_placeholder":true,"num":0}]', '42["said"]'),
      'bytes that are not in base64': frames('451-["sung",{"_placeholder":true,"num":0}]', 'bAQ!!ID', '42["said"]'),
      'bytes to which nothing refers': frames('451-["sung"]', '42["said"]'),
      'bytes that it does not have': frames('451-["sung",{"_placeholder":true,"num":0.5}]', '42["said"]'),
      'that it is let in once more': frames('40{"sid":"c"}', '42["said"]'),
      'that it is not let in': frames('44{"message":"No"}', '42["said"]'),
      'that the connection begins once more': frames(
        '0{"sid":"c","upgrades":[],"pingInterval":25000,"pingTimeout":20000}',
        '42["said"]',
      ),
    },
  },
  'receives an event': {
    protocol: 'chat',
    steps: ['When Rob emits "hello"', 'Then he receives the event "said" with "Hello"'],
    honest: '42["said","Hello"]',
    lies: {
      nothing: NOTHING,
      'that after the end': frames('41', '42["said","Hello"]'),
      'that after the end of Engine.IO': frames('1', '42["said","Hello"]'),
      'that after a refusal': frames('44{"message":"No"}', '42["said","Hello"]'),
      'that in another namespace': '42/staff,["said","Hello"]',
    },
  },
  'receives an event with bytes': {
    protocol: 'chat',
    steps: ['When Rob emits "hello"', 'Then he receives the event "said" with the bytes "01 02"'],
    honest: frames(BYTES_SAID, 'bAQI='),
    lies: {
      nothing: NOTHING,
      'other bytes': frames(BYTES_SAID, 'bAQM='),
      'them before the event': frames('bAQI=', BYTES_SAID),
      'them with what is not base64': frames(BYTES_SAID, 'bAQ!!I='),
      'them with what is behind base64': frames(BYTES_SAID, 'bAQI=alpha'),
      'them cut off': frames(BYTES_SAID, 'bAQI'),
      'them with bits that are left': frames(BYTES_SAID, 'bAQJ='),
    },
  },
  'leaves, and has received nothing else': {
    protocol: 'chat',
    steps: [
      'When Rob emits "hello"',
      'Then he receives the event "said" with "Hello"',
      'When Rob disconnects',
      'And Rob reconnects',
      'Then Rob receives nothing else',
    ],
    honest: '42["said","Hello"]',
    lies: {
      nothing: NOTHING,
      'another one': frames('42["said","Hello"]', '42["said","Hi"]'),
      'one whose bytes never come': frames('42["said","Hello"]', '451-["said",{"_placeholder":true,"num":0}]'),
    },
  },
  'is acknowledged, and receives nothing else': {
    protocol: 'chat',
    steps: ['When Rob calls "add" with [1, 2]', 'Then he is answered "3"', 'And he receives nothing else'],
    honest: frames('430[3]', '2'),
    lies: { 'it twice': frames('430[3]', '430[3]'), 'that of no event': frames('430[3]', '431[3]') },
  },
  'is acknowledged': {
    protocol: 'chat',
    steps: ['When Rob calls "add" with [1, 2]', 'Then he is answered "3"'],
    honest: '430[3]',
    lies: {
      nothing: NOTHING,
      'another answer': '430[4]',
      'the acknowledgement of another event': '431[3]',
      'the acknowledgement of no event': '43[3]',
      'the acknowledgement of a blank': '43 [3]',
      'the acknowledgement of another namespace': '43/staff,0[3]',
      'that after the end': frames('41', '430[3]'),
      'an event': '42["add",3]',
    },
  },
}
