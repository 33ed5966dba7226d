import { expect } from 'chai'
import { hex, open, type TestedCodec } from '../../test/support/open-codec'
import { codec } from './protobuf'

const FILES = {
  'proto/chat/chat.proto': `
    syntax = "proto3";
    package chat;
    import "chat/guest.proto";
    import "room.proto";
    import weak "room.proto";
    import "google/protobuf/timestamp.proto";
    import "google/protobuf/timestamp.proto";
    import "google/protobuf/any.proto";
    message Said {
      string text = 1;
      int64 id = 2;
      Mood mood = 3;
      bytes picture = 4;
      repeated int32 seats = 5;
      map<string, int32> votes = 6;
      Guest by = 7;
      optional string topic = 8;
      oneof place { string house = 9; Room room = 10; }
      float price = 11;
      double exact = 12;
      uint64 total = 13;
      map<uint64, string> names = 14;
      bool is_new = 15;
      google.protobuf.Timestamp at = 16;
      Said answer = 17;
      uint32 count = 18;
      repeated Mood moods = 19;
      map<int64, Room> rooms = 20;
      enum Mood { CALM = 0; MERRY = 1; }
    }`,
  'proto/chat/guest.proto': 'syntax = "proto3"; package chat; message Guest { string name = 1; }',
  'proto/chat/room.proto':
    'syntax = "proto3"; package chat; import "chat/chat.proto"; message Room { string name = 1; }',
  'old.proto':
    'syntax = "proto2"; message Old { required string text = 1; optional int32 n = 2 [default = 7]; } message Empty {}',
  'broken.proto': 'message {',
  'lost.proto': 'syntax = "proto3"; import "no.proto";',
  'dangling.proto': 'syntax = "proto3"; message A { Nobody b = 1; }',
  'wide.proto': `
    syntax = "proto3";
    message Wide { ${Array.from({ length: 100 }, (_, at) => `int32 n${at} = ${at + 1};`).join(' ')} }
    message Many { repeated Wide wide = 1; }`,
  'nothing.proto': 'syntax = "proto3";',
}

const CHAT = { file: 'proto/chat/chat.proto', received: 'chat.Said', sent: '.chat.Said' }
const DEFAULTS = {
  ...{ text: '', id: 0, mood: 'CALM', picture: '', seats: [], votes: {}, price: 0, exact: 0, total: 0, names: {} },
  ...{ is_new: false, count: 0, moods: [], rooms: {} },
}

describe('The codec protobuf', () => {
  let chat: TestedCodec

  before(() => {
    chat = open(codec, CHAT, FILES)
  })

  const reread = (content: string) => String(chat.decode(chat.encode(content)))

  describe('reads', () => {
    it('a message with what it has, and defaults', () => {
      expect(JSON.parse(String(chat.decode(hex('0a0548656c6c6f'))))).to.deep.equal({ ...DEFAULTS, text: 'Hello' })
      expect(JSON.parse(String(chat.decode(hex(''))))).to.deep.equal(DEFAULTS)
    })

    it('a text with U+FEFF as it is, however long it is', () => {
      for (const length of [1, 198, 65_533]) {
        const text = `\ufeff${'x'.repeat(length)}`
        expect(JSON.parse(reread(JSON.stringify({ text, votes: { [text]: 1 } })))).to.include({ text })
        expect(reread(JSON.stringify({ votes: { [text]: 1 } }))).to.contain(JSON.stringify({ [text]: 1 }))
      }
    })

    it('what older files declare', () => {
      const { decode } = open(codec, { file: ['old.proto'], received: 'Old' }, FILES)
      expect(decode(hex('0a0178'))).to.deep.equal(['{"text":"x"}'])
      expect(() => decode(hex('1001'))).to.throw("missing required 'text'")
    })

    it('what the file does not know as if it were not there', () => {
      expect(JSON.parse(String(chat.decode(hex('9a0601 00 1a0100'))))).to.deep.equal(DEFAULTS)
    })

    it('values of enums that it does not know as numbers', () => {
      expect(String(chat.decode(hex('1809')))).to.contain('"mood":9')
    })

    it('names of maps that are everywhere, as members', () => {
      const content = reread('{"votes": {"__proto__": 1, "constructor": 2}}')
      expect(content).to.contain('"votes":{"__proto__":1,"constructor":2}')
    })

    it('keys of maps that are left out', () => {
      expect(String(chat.decode(hex('7203 120178')))).to.contain('"names":{"0":"x"}')
      expect(String(chat.decode(hex('a20100')))).to.contain('"rooms":{"0":{"name":""}}')
    })

    it('so many fields, those that are not sent among them, and no more', () => {
      const many = open(codec, { file: 'wide.proto', received: 'Many' }, FILES)
      expect(many.decode(hex('0a00'.repeat(99)))).to.have.length(1)
      expect(() => many.decode(hex('0a00'.repeat(100)))).to.throw('it has more than 10000 fields')
      const delimited = open(codec, { file: 'wide.proto', received: 'Wide', delimited: true }, FILES)
      expect(delimited.decode(hex('00'.repeat(100)))).to.have.length(100)
      expect(() => delimited.decode(hex('00'.repeat(101)))).to.throw('it has more than 10000 fields')
    })

    it('bytes as they are where nothing is said to be received', () => {
      const { decode } = open(codec, { file: 'old.proto' }, FILES)
      expect(decode(hex('01'))).to.deep.equal([hex('01')])
    })

    for (const [digits, problem] of [
      ['0a', 'index out of range'],
      ['0affffffff0f48', 'invalid length encoding'],
      ['22ffffffff07', 'index out of range'],
      ['ffffffffffffffffffffff', 'invalid'],
      ['0f', 'invalid wire type 7'],
      ['0a02c328', 'utf-8'],
      [nested(200), 'max depth exceeded'],
    ] as const) {
      it(`not ${digits.slice(0, 40)}: ${problem}`, () => {
        expect(() => chat.decode(hex(digits))).to.throw(new RegExp(problem, 'i'))
      })
    }

    /** A message in the answer of a message, and so on. */
    function nested(levels: number): string {
      let inner = Buffer.alloc(0)
      for (let level = 0; level < levels; level++) {
        const size = inner.length < 128 ? [inner.length] : [(inner.length % 128) + 128, inner.length >> 7]
        inner = Buffer.concat([hex('8a01'), Buffer.from(size), inner])
      }
      return inner.toString('hex')
    }
  })

  describe('reads what it writes', () => {
    for (const [content, again] of [
      [
        '{"id": 9007199254740993, "total": 18446744073709551615}',
        ['"id":9007199254740993', '"total":18446744073709551615'],
      ],
      ['{"id": "-9223372036854775808", "total": 5}', ['"id":-9223372036854775808', '"total":5']],
      ['{"mood": "MERRY", "moods": ["CALM", 1]}', ['"mood":"MERRY"', '"moods":["CALM","MERRY"]']],
      ['{"mood": 9}', ['"mood":9']],
      ['{"mood": 1.0, "moods": [0e1]}', ['"mood":"MERRY"', '"moods":["CALM"]']],
      ['{"picture": [1.0, 2e0]}', ['"picture":"AQI="']],
      ['{"picture": "AQL/", "by": {"name": "Ann"}}', ['"picture":"AQL/"', '"by":{"name":"Ann"}']],
      ['{"picture": {"type": "Buffer", "data": [1, 2]}}', ['"picture":"AQI="']],
      ...[
        ['AQ', 'AQ=='],
        ['AQI=', 'AQI='],
        ['-_8', '+/8='],
        ['+_8=', '+/8='],
      ].map(([written, read]) => [`{"picture": "${written}"}`, [`"picture":"${read}"`]] as const),
      ['{"price": 0.1, "exact": 0.1}', ['"price":0.1', '"exact":0.1']],
      ['{"price": 0, "exact": 0}', ['"price":0', '"exact":0']],
      ['{"price": 16777216, "exact": 1e3}', ['"price":16777216', '"exact":1000']],
      ['{"exact": 9007199254740992}', ['"exact":9007199254740992']],
      ['{"price": "NaN", "exact": "-Infinity"}', ['"price":"NaN"', '"exact":"-Infinity"']],
      [
        '{"names": {"18446744073709551615": "x"}, "rooms": {"-5": {}}}',
        ['{"18446744073709551615":"x"}', '{"-5":{"name":""}}'],
      ],
      ['{"topic": "", "house": "The Bell", "text": null}', ['"topic":""', '"house":"The Bell"', '"text":""']],
      ['{"at": {"seconds": 5, "nanos": 7}, "is_new": true}', ['"at":{"seconds":5,"nanos":7}', '"is_new":true']],
      ['{"seats": [1, -1, 2.0], "count": 4294967295}', ['"seats":[1,-1,2]', '"count":4294967295']],
    ] as const) {
      it(content, () => {
        const read = reread(content)
        for (const part of again) expect(read).to.contain(part)
      })
    }

    it('as other libraries write it', () => {
      expect(chat.encode('{"text": "Hello", "id": 1}')).to.deep.equal(hex('0a0548656c6c6f 1001'))
    })

    it('messages after their lengths, several in a frame', () => {
      const { decode, encode } = open(
        codec,
        { file: 'old.proto', received: 'Old', sent: 'Old', delimited: true },
        FILES,
      )
      expect(encode('{"text": "x"}')).to.deep.equal(hex('03 0a0178'))
      expect(decode(hex('03 0a0178 03 0a0179'))).to.deep.equal(['{"text":"x"}', '{"text":"y"}'])
      expect(() => decode(hex('03 0a'))).to.throw('index out of range')
    })
  })

  describe('does not write', () => {
    for (const [content, problem] of [
      ['{"txet": "Hello"}', 'chat.Said has no field "txet". Did you mean text?'],
      ['{"__proto__": 1}', 'chat.Said has no field "__proto__". There are text, id, mood'],
      ['{"by": {"x": 1}}', 'chat.Guest has no field "x". There are name.'],
      ['{"mood": "MERY"}', 'chat.Said.Mood has no value "MERY". Did you mean MERRY?'],
      ['{"mood": "toString"}', 'chat.Said.Mood has no value "toString". There are CALM, MERRY.'],
      ['[]', 'chat.Said is an object, and not a list'],
      ['{"by": []}', 'chat.Guest is an object, and not a list'],
      ['{"names": []}', 'chat.Said.names is an object, and not a list'],
      ['{"text": 5}', 'it is not a chat.Said: text: string expected'],
      ['{"seats": 5}', 'it is not a chat.Said: seats: array expected'],
      ['{"seats": ["x"]}', 'it is not a chat.Said: seats: integer'],
      ['{"seats": [2147483648]}', 'chat.Said.seats is of type int32, which does not hold 2147483648'],
      ['{"count": -1}', 'chat.Said.count is of type uint32, which does not hold -1'],
      ['{"id": 1.5}', 'it is not a chat.Said: id: integer|Long expected'],
      ['{"id": 9223372036854775808}', 'chat.Said.id is of type int64, which does not hold 9223372036854775808'],
      ['{"total": -1}', 'chat.Said.total is of type uint64, which does not hold -1'],
      ['{"exact": 9007199254740993}', 'chat.Said.exact is of type double, which does not hold 9007199254740993'],
      ...['1e39', '-3.5e38', '16777217', '1e-60', '1e400'].map(
        (number) => [`{"price": ${number}}`, /does not hold|which a double/] as const,
      ),
      [String.raw`{"text": "\ud800"}`, 'it has half of a surrogate pair, which UTF-8 does not have'],
      [String.raw`{"votes": {"\ud800": 1}}`, 'it has half of a surrogate pair, which UTF-8 does not have'],
      [
        '{"names": {"18446744073709551616": "x"}}',
        'chat.Said.names is of type uint64, which does not hold 18446744073709551616',
      ],
      ['{"names": {"-1": "x"}}', 'chat.Said.names is of type uint64, which does not hold -1'],
      ...['300', '1.5', '-1'].map(
        (byte) =>
          [`{"picture": [${byte}]}`, `chat.Said.picture has the byte ${byte}: write an integer from 0 to 255`] as const,
      ),
      ...['["x"]', '[null]', '{"length":3}', 'true'].map(
        (value) => [`{"picture": ${value}}`, 'chat.Said.picture takes bytes in base64, not '] as const,
      ),
      ['{"exact": "1"}', 'it is not a chat.Said: exact: number expected'],
      ['{"votes": 5}', 'it is not a chat.Said: votes: object expected'],
      ['{"names": {"x": "y"}}', 'it is not a chat.Said: names: integer|Long key'],
      ...['äöü', 'A', 'AQIDB', 'AQ!!ID', 'AQ=', 'AR==', 'AQ==AQ==', ' AQ=='].map(
        (text) => [`{"picture": "${text}"}`, `chat.Said.picture takes bytes in base64, not "${text}"`] as const,
      ),
      ['{"picture": 5}', 'chat.Said.picture takes bytes in base64, not 5'],
      ['{"by": 5}', 'it is not a chat.Said: by.object expected'],
      ['{"house": "a", "room": {}}', 'it is not a chat.Said: place: multiple values'],
      ['Hello', 'is not valid JSON'],
      [`${'{"answer":'.repeat(200)}{}${'}'.repeat(200)}`, 'max depth exceeded'],
    ] as const) {
      it(`${content.slice(0, 40)}: ${problem}`, () => {
        expect(() => chat.encode(content)).to.throw(problem)
      })
    }

    it('what lacks a field that is required', () => {
      const { encode } = open(codec, { file: 'old.proto', sent: 'Old' }, FILES)
      expect(() => encode('{}')).to.throw('it is not a Old: text: string expected')
    })

    it('a field of a message without any', () => {
      const { encode } = open(codec, { file: 'old.proto', sent: 'Empty' }, FILES)
      expect(() => encode('{"a": 1}')).to.throw('Empty has no field "a". There are none.')
    })

    it('anything where nothing is said to be sent, but bytes', () => {
      const { encode } = open(codec, { file: 'old.proto' }, FILES)
      expect(encode(hex('01'))).to.deep.equal(hex('01'))
      expect(() => encode('{}')).to.throw('it does not know which message is sent: set its option sent')
    })
  })

  describe('says what is wrong with', () => {
    for (const [title, options, problem] of [
      ['no file', {}, 'The codec protobuf needs its option file'],
      [
        'no list',
        { file: [] },
        'The option file of the codec protobuf should be a file such as "chat.proto", or a list of files',
      ],
      ['another list', { file: [5] }, 'The option file of the codec protobuf should be a file'],
      ['an unknown option', { files: 'a' }, 'There is no option "files" of the codec protobuf. Did you mean file?'],
      [
        'a message that has no name',
        { ...CHAT, sent: '' },
        'should be the name of a message, such as "chat.ServerMessage"',
      ],
      [
        'an unknown message',
        { ...CHAT, sent: 'chat.Sayd' },
        'The option sent of the codec protobuf should be a message of its file, not "chat.Sayd". Did you mean chat.Said?',
      ],
      ['no message at all', { file: 'nothing.proto', received: 'A' }, 'not "A". There are none.'],
      ['a message far from all', { file: 'old.proto', received: 'chat.ServerMessage' }, 'There are Empty, Old.'],
      ['a missing file', { file: 'no.proto' }, 'There is no file "no.proto".'],
      ['a broken file', { file: 'broken.proto' }, 'The file "broken.proto" is not a valid .proto file: illegal'],
      [
        'a lost import',
        { file: 'lost.proto' },
        'The file "lost.proto" imports "no.proto", which is not in the project. It was looked for in .',
      ],
      ['an unknown type', { file: 'dangling.proto' }, '"dangling.proto": no such'],
    ] as const) {
      it(title, () => {
        expect(() => open(codec, options, FILES)).to.throw(problem)
      })
    }
  })

  it('parses a file once in a run', () => {
    expect(open(codec, CHAT).decode(hex(''))).to.have.length(1)
  })
})
