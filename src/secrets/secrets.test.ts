import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { connectionTarget } from '../connection/connection-target'
import { UsageError } from '../errors'
import { parseJson } from '../json/json-text'
import { json } from '../messages/json-message'
import { messageWith } from '../messages/table-message'
import { registerRedaction } from '../redaction'
import { escapePattern } from '../variables/fill-in-place'
import { Variables } from '../variables/variables'
import { Secrets } from './secrets'

describe('Secrets', () => {
  it('hides everything of a message on which a path takes too long', () => {
    const secrets = new Secrets(['$..a..a..a', '$.token'])
    secrets.learnFromText(`${'{"a":'.repeat(480)}"deep inside"${'}'.repeat(480)}`)
    expect(secrets.hide('It is deep inside!')).to.equal('It is [redacted]!')
    secrets.learnFromText('{"token":"abc","b":"another"}')
    expect(secrets.hide('abc and another')).to.equal('[redacted] and [redacted]')
  })

  it('hides each value of a member that stands twice', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learnFromText('{"token":"first word","token":"second word"}')
    expect(secrets.hide('first word, second word')).to.equal('[redacted], [redacted]')
  })

  it('hides a number that JavaScript cannot hold, by its digits', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learnFromText('{"token":9007199254740993}')
    secrets.learn(parseJson('{"token":[12345678901234567890]}'))
    expect(secrets.hide('9007199254740993, 12345678901234567890')).to.equal('[redacted], [redacted]')
  })

  it('are learned from credentials of any scheme, and from quoted cookies', () => {
    const secrets = new Secrets(['header:authorization', 'header:cookie'])
    secrets.learnFromHeaders({ Authorization: 'Bearer\thunter2abc', Cookie: 's="hunter3abc"; t=hunter4abc' })
    secrets.learnFromHeaders({ Authorization: 'AWS4-HMAC-SHA256 hunter5abc' })
    secrets.learnFromHeaders({ Authorization: 'Digest username="rob", response="hunter6abc", nc=00000001' })
    for (let number = 2; number <= 6; number++) expect(secrets.hide(`<hunter${number}abc>`)).to.equal('<[redacted]>')
  })

  it('hides the rest of a text in which one overlaps itself again and again', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: 'a'.repeat(450) })
    expect(secrets.hide(`<${'a'.repeat(200_000)}>`)).to.equal('<[redacted]')
  })

  it('have their lines hidden, too, but for those that are very short', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learnFromText(JSON.stringify({ token: '-----BEGIN KEY-----\r\n  c2VjcmV0\n}\n-----END KEY-----\n' }))
    expect(secrets.hide('<c2VjcmV0> <-----END KEY-----> <}>')).to.equal('<[redacted]> <[redacted]> <}>')
  })

  it('are learned from options, in which each object is a document of its own', () => {
    const secrets = new Secrets(['$.token'])
    const cyclic: Record<string, unknown> = {}
    cyclic.inner = cyclic
    for (const options of [undefined, 'socket.io', [{ auth: { token: 'hunter2' } }], { token: 'hunter3' }, cyclic]) {
      secrets.learnFromOptions(options)
    }
    expect(secrets.hide('hunter2 hunter3 socket.io')).to.equal('[redacted] [redacted] socket.io')
    new Secrets([]).learnFromOptions(cyclic)
  })

  for (const [path, text] of [
    ['token', '{"token":"hunter2"}'],
    ['$..token', '[[{"token":"hunter2"}]]'],
    ['$.a[*].token[0]', '{"a":[{"token":["hunter2"]}]}'],
    ['/a/0/token', '{"a":[{"token":"hunter2"}]}'],
    ['$.token', '{"\\u0074oken":"hunter2"}'],
    ['$[*]', '["hunter2"]'],
    ['$..[0]', '{"a":["hunter2"]}'],
    ["$['a']", '{"a":"hunter2"}'],
    ['$.a[?@.b].c', '{"a":[{"b":1,"c":"hunter2"}]}'],
    ['$', '"hunter2"'],
    ['/a~1b', '{"a/b":"hunter2"}'],
    ['$..*', '{"a":"hunter2"}'],
  ] as const) {
    it(`are learned by ${path} from ${text}`, () => {
      const secrets = new Secrets([path])
      secrets.learnFromText('{"other":"plain text"}')
      secrets.learnFromText(text)
      expect(secrets.hide('hunter2')).to.equal('[redacted]')
    })
  }

  it('hide the rest of a text of which too much is secret', () => {
    const secrets = new Secrets(['$.token'])
    const long = `<${'x'.repeat(78)}>`
    secrets.learn({ token: long })
    const text = `${long.repeat(10)}${'.'.repeat(20_000)}`
    expect(secrets.hide(text, 10_000)).to.equal(`${'[redacted]'.repeat(10)}${'.'.repeat(20_000)}`)
    secrets.hide(long.repeat(60_000), 2_000_000)
    expect(secrets.hide(text, 10_000)).to.equal(`${'[redacted]'.repeat(10)}${'.'.repeat(20_000)}`)
    expect(secrets.hide(long.repeat(200), 5000)).to.equal('[redacted]'.repeat(114))
  })

  it('are learned from a bare word without the marks around it', () => {
    const secrets = new Secrets(['$.token'])
    for (const word of ['!!hunter2!!', '!!!!!', 'ü;']) secrets.learnFromText(`{"token": ${word}}`)
    expect(secrets.hide('<hunter2> <ü> <!>')).to.equal('<[redacted]> <[redacted]> <!>')
  })

  it('hide nothing unless it is named', () => {
    const secrets = new Secrets()
    secrets.learnFromText('{"token":"hunter2"}')
    expect(secrets.hide('hunter2')).to.equal('hunter2')
  })

  for (const [name, json] of [
    ['$.token', { token: 'hunter2' }],
    ['token', { token: 'hunter2' }],
    ['/user/token', { user: { token: 'hunter2' } }],
    ['$..token', [{ a: [{ token: 'hunter2' }] }]],
    ['$.secrets', { secrets: { list: ['a', { b: 'hunter2' }] } }],
  ] as const) {
    it(`are learned from messages, at ${name}`, () => {
      const secrets = new Secrets([name])
      secrets.learnFromText(JSON.stringify(json))
      expect(secrets.hide('The token is hunter2, twice: hunter2')).to.equal(
        'The token is [redacted], twice: [redacted]',
      )
    })
  }

  it('may be numbers, but not null, booleans and empty texts', () => {
    const secrets = new Secrets(['$.pin', '$.none', '$.empty', '$.yes'])
    secrets.learn({ pin: 4711, none: null, empty: '', yes: true })
    secrets.learn({ pin: undefined })
    expect(secrets.hide('4711 null true ""')).to.equal('[redacted] null true ""')
  })

  it('are hidden as they stand in JSON and in addresses, too', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: 'a "b"/ü' })
    expect(secrets.hide(JSON.stringify({ token: 'a "b"/ü' }))).to.equal('{"token":"[redacted]"}')
    expect(secrets.hide(`?token=${encodeURIComponent('a "b"/ü')}`)).to.equal('?token=[redacted]')
  })

  it('are hidden whole if they contain others', () => {
    const secrets = new Secrets(['$.tokens[*]'])
    secrets.learn({ tokens: ['abcd', 'abcdef'] })
    expect(secrets.hide('abcdef abcd')).to.equal('[redacted] [redacted]')
  })

  it('are learned from headers, with the credentials in them', () => {
    const secrets = new Secrets(['header:authorization', 'header:Set-Cookie'])
    secrets.learnFromHeaders({
      Authorization: 'Bearer hunter2',
      'set-cookie': 'session=hunter3; Path=/chat',
      Accept: 'text',
    })
    expect(secrets.hide('hunter2 hunter3 /chat text')).to.equal('[redacted] [redacted] /chat text')
  })

  it('are learned from headers in UTF-8, which Node reads in Latin-1', () => {
    const secrets = new Secrets(['header:set-cookie'])
    secrets.learnFromHeaders({ 'Set-Cookie': `s=${Buffer.from('huntér2').toString('latin1')}` })
    secrets.learnFromHeaders({ 'Set-Cookie': 's=huntèr3' })
    expect(secrets.hide('<huntér2> <huntÃ©r2> <huntèr3>')).to.equal('<[redacted]> <[redacted]> <[redacted]>')
  })

  it('are learned from all cookies of a client, each by its value', () => {
    const secrets = new Secrets(['header:cookie'])
    secrets.learnFromHeaders({ Cookie: 'a=hunter2 ; b=hunter3' })
    expect(secrets.hide('hunter2, hunter3')).to.equal('[redacted], [redacted]')
  })

  it('are the whole value of a header without credentials', () => {
    const secrets = new Secrets(['header:x-name'])
    secrets.learnFromHeaders({ 'X-Name': 'Rob Roy MacGregor' })
    expect(secrets.hide('Rob Roy MacGregor or Roy MacGregor')).to.equal('[redacted] or Roy MacGregor')
  })

  it('are learned from the addresses that headers have', () => {
    const secrets = new Secrets([])
    secrets.learnFromHeaders({ Location: 'http://rob:hunter2@server/' })
    expect(secrets.hide('hunter2')).to.equal('[redacted]')
  })

  it('hide the rest of a text that has too many escapes within escapes', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: 'hunter2' })
    expect(secrets.hide(`<hunter2>${'%25'.repeat(300_000)}`)).to.match(/^<\[redacted\]>(?:%25)+%?2?\[redacted\]$/)
  })

  it('hide sooner the rest of texts that have too many escapes within escapes, if others had before', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: ['hunter2', 'abc'] })
    const lengths = Array.from({ length: 9 }, (_, number) => {
      const hidden = secrets.hide(`abc <hunter2> ${number} ${'%25'.repeat(50_000)}`)
      expect(hidden).to.match(/^\[redacted\] <\[redacted\]> \d (?:%25)+%?2?\[redacted\]$/)
      return hidden.length
    })
    expect(lengths.at(-1)).to.be.lessThan(1000)
    expect(secrets.hide('%25 and %2525, a "hunter\\u0032"')).to.equal('%25 and %2525, a "[redacted]"')
    secrets.learn({ token: `${'ä'.repeat(400)}b` })
    expect(secrets.hide(`<${'%C3%A4'.repeat(400)}>`)).to.equal('<[redacted]')
  })

  it('hide the rest of a text that has too many escapes for short ones alone', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: 'abc' })
    expect(secrets.hide(`abc ${'\\'.repeat(300_000)} abc`)).to.match(/^\[redacted\] \\+\[redacted\]$/)
  })

  it('hide the rest of a text in which one may be read in too many ways', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: `${'\\'.repeat(300)}b` })
    expect(secrets.hide(`<${'\\'.repeat(400)}>`)).to.equal('<[redacted]')
  })

  it('are hidden in base64 before, between and after escapes, however many', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: 'hunter2' })
    const encoded = Buffer.from('rob:hunter2').toString('base64')
    expect(secrets.hide(`${encoded}\\n${encoded}\\n`)).to.equal('[redacted]\\n[redacted]\\n')
    const many = `${encoded}\\n`.repeat(20_000)
    expect(secrets.hide(many)).to.equal('[redacted]\\n'.repeat(20_000))
  })

  it('hide the rest of what may be escaped base64 with too many escapes within escapes', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: 'hunter2' })
    expect(secrets.hide(`<${'\\u005c'.repeat(200_000)}>`)).to.match(/^<[\\u05c]*\[redacted\]$/)
  })

  it('are learned from credentials of Basic in Latin-1, and found in others', () => {
    const secrets = new Secrets(['header:authorization'])
    const basic = (user: string) => `Basic ${Buffer.from(`${user}:passwörd`, 'latin1').toString('base64')}`
    secrets.learnFromHeaders({ Authorization: basic('rob') })
    expect(secrets.hide(`passwörd, ${basic('rob')}, ${basic('ann')}`)).to.equal(
      '[redacted], [redacted], Basic [redacted]',
    )
  })

  for (const written of [
    ...['p%E4ss', '%70%e4%73%73', 'p%25E4ss', 'p%C3%A4ss', 'p%C3%25A4ss', 'P%C4SS'],
    ...[
      '{"a":"p%E4ss"}',
      '{"a":"p\\u0025E4ss"}',
      'http://host/p%E4ss?a=%E4',
      'p&#37;E4ss',
      `${'%E4'.repeat(100)} p%E4ss`,
    ],
  ]) {
    it(`are found as addresses in UTF-8 or Latin-1 write them: ${written.slice(-30)}`, () => {
      const secrets = new Secrets(['$.token'])
      secrets.learn({ token: 'päss' })
      expect(secrets.hide(written)).to.match(/\[redacted\]/)
    })
  }

  it('are found in Latin-1 where the bytes are a character of UTF-8, too, and not where they are none', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: 'Ã¤ÃŸ~' })
    expect(secrets.hide('%C3%A4 %C3%A4%C3%9F~ %C3%83%C2%A4 Ã¤')).not.to.match(/\[redacted\]/)
    secrets.learn({ token: 'aÃ¤ä' })
    expect(secrets.hide('a%C3%A4%E4 a%C3%A4%C3%A4')).to.equal('[redacted] [redacted]')
  })

  it('hide the rest of a text in whose base64 there are too many', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: 'hunter2' })
    const encoded = Buffer.from('%25'.repeat(200_000)).toString('base64')
    expect(secrets.hide(`A word, and ${encoded}, and words`)).to.equal('A word, and [redacted]')
  })

  it('are hidden in long texts that were shown before they were known', () => {
    const secrets = new Secrets(['$.token'])
    const text = `${'x '.repeat(2000)}<hunter2>`
    secrets.learn({ token: 'other' })
    expect(secrets.hide(text)).to.equal(text)
    expect(secrets.hide(text)).to.equal(text)
    secrets.learn({ token: 'hunter2' })
    expect(secrets.hide(text)).to.equal(text.replace('hunter2', '[redacted]'))
  })

  it('are hidden in any number of long texts', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learn({ token: 'hunter2' })
    for (let number = 0; number < 20; number++) {
      expect(secrets.hide(`${'x '.repeat(500_000)}${number}`)).to.have.length.greaterThan(1_000_000)
    }
  })

  it('are hidden as they stand in regular expressions and JSONPath', () => {
    const secrets = new Secrets(['$.token'])
    for (const token of ["eyJ.a-b+c/d'e", 'a"b\\c', 'z{1}|(2)']) {
      secrets.learn({ token })
      const path = `$['${token.replace(/['\\]/g, '\\$&')}']`
      expect(secrets.hide(`^${escapePattern(token)}$ ${path}`)).to.equal("^[redacted]$ $['[redacted]']")
    }
  })

  it('are learned from parameters as the URL Standard reads them, and as numbers', () => {
    const secrets = new Secrets(['parameter:token'])
    secrets.learnFromAddress('ws://server/?&token=hunter2%FF&t%6Fken=000471.10')
    expect(secrets.hide('hunter2\ufffd and 471.1, or hunter2%FF and 000471.10')).to.equal(
      '[redacted] and [redacted], or [redacted] and [redacted]',
    )
  })

  it('are learned from addresses', () => {
    const secrets = new Secrets(['parameter:token'])
    secrets.learnFromAddress('ws://localhost/?token=hunter%322&name=Rob')
    secrets.learnFromAddress('no address')
    expect(secrets.hide('hunter22 Rob')).to.equal('[redacted] Rob')
  })

  it('include the passwords of addresses, whatever is named', () => {
    const secrets = new Secrets()
    secrets.learnFromAddress('wss://rob:hunter%322@localhost:8080/a:b@c')
    expect(secrets.hide('rob:hunter22@localhost, or hunter%322')).to.equal('rob:[redacted]@localhost, or [redacted]')
  })

  for (const [address, password] of [
    ['wss://rob:pa/hunter2@server/', 'pa/hunter2'],
    [' ws://rob:pa/hunter2@server/?a=b@c#d', 'pa/hunter2@server/?a=b'],
    ['ws:rob:pa/hunter2@:x', 'pa/hunter2'],
    ['ws://rob:pa#hunter2@server/', 'pa#hunter2'],
    ['ws://rob:1#hunter2@server/', '1#hunter2'],
    ['ws://rob:pa?hunter2@server/', 'pa?hunter2'],
    ['rob:hunter2@127.0.0.1:1', 'hunter2'],
    ['r.b:hunter2@localhost', 'hunter2'],
    ['röb:hunter2@localhost', 'hunter2'],
    ['wz:/rob:hunter2@server', 'hunter2'],
    ['amqp:rob:hunter2@server', 'rob:hunter2'],
    ['rob:pass:hunter2@server', 'pass:hunter2'],
    ['ws://rob:hunter2@ser ver', 'hunter2'],
    ['ws://rob:hun ter2@server', 'hun ter2'],
    ['ws://rob:hunter2@a b\tws://rob:hunter3@b', 'hunter2@a b\tws://rob:hunter3'],
  ] as const) {
    it(`include the password of an invalid address: ${address}`, () => {
      const secrets = new Secrets()
      secrets.learnFromAddress(address)
      expect(secrets.hide(address)).to.equal(address.replace(password, '[redacted]'))
    })
  }

  it('include nothing of an address without a password', () => {
    const secrets = new Secrets()
    for (const address of [
      'ws://rob@server:x',
      'ws://rob@server/',
      'nowhere',
      '',
      'server:8080/chat',
      'ws://server:8080/?mail=rob@b',
    ])
      secrets.learnFromAddress(address)
    expect(secrets.hide('rob@server:x nowhere 8080')).to.equal('rob@server:x nowhere 8080')
  })

  it('are learned from all cookies that a server sets', () => {
    const secrets = new Secrets(['header:set-cookie'])
    secrets.learnFromHeaders({ 'set-cookie': 'a=hunter2; Path=/\nb=hunter3' })
    expect(secrets.hide('hunter2, hunter3')).to.equal('[redacted], [redacted]')
  })

  it('are not learned from what is not JSON', () => {
    const secrets = new Secrets(['$.token'])
    secrets.learnFromText('{"token":')
    secrets.learnFromText(Buffer.from('{}'))
    expect(secrets.hide('{"token":')).to.equal('{"token":')
  })

  it('are neither the words of JSON nor parts of numbers, where that is not valid', () => {
    const secrets = new Secrets(['$.token'])
    for (const value of ['true', 'false', 'null', '-5', 'nu', 'name:', '[true,"a', '{b:'])
      secrets.learnFromText(`{"token":${value}`)
    expect(secrets.hide('true false null nu name 5 b, -5')).to.equal('true false null nu name 5 b, [redacted]')
  })

  it('may be numbers that JavaScript would write otherwise', () => {
    for (const number of ['12345678901234567890', '4.111111111111111e15', '0.0000001234', '1.50']) {
      const secrets = new Secrets(['$.card'])
      secrets.learnFromText(`{"card":${number}}`)
      expect(secrets.hide(`{"card":${number}}`)).to.equal('{"card":[redacted]}')
    }
  })

  it('are learned from invalid JSON by the names of members', () => {
    const secrets = new Secrets(['$.keys[*]', '$.token'])
    secrets.learnFromText('{"keys": ["k"], "token": "hunter2", "token": 4111111, ')
    expect(secrets.hide('"k" hunter2 4111111')).to.equal('"[redacted]" [redacted] [redacted]')
  })

  it('are learned from addresses with an invalid %', () => {
    const secrets = new Secrets(['parameter:token'])
    secrets.learnFromAddress('ws://localhost/?token=100%&name=Rob')
    expect(secrets.hide('token=100%')).to.equal('token=[redacted]')
  })

  for (const [path, text] of [
    ["$..['token']", '42["x",{"token":"hunter2"}]'],
    ['$.session.*', '42["x",{"session":{"id":"hunter2","deeper":["hunter2",{"a":"hunter2"}]}}]'],
    ['/session/token', '42["x",{"session":{"token":"hunter2","other":"public"}}]'],
    ['$["token"][0]', '42["x",{"token":["hunter2"]}]'],
    ['$.token', '42["x",{"token" : "hunt\\u0065r2'],
    ['$.token', 'pre {"tok\\u0065n": "hunter2"}'],
    ['$..token', '{"\\u0074\\u006F\\u006b\\u0065n":"hunter2"'],
    ['/token', '{"token":hunter2'],
    ['/token', "{'a': {\"token\":{'t': 'hunter2', u:hunter2, \"v\":x:hunter2; }"],
    ['$.token', '{"token":[true, nul, hunter2, fals'],
    ['$["$(b)"]', 'pre {"$(b)": "hunter2", "$(b)" "public"}'],
  ] as const) {
    it(`are learned from what only contains JSON, by the last name of ${path}`, () => {
      const secrets = new Secrets([path])
      secrets.learnFromText(text)
      expect(secrets.hide(`${text} public`)).not.to.contain('hunter2')
      expect(secrets.hide('hunter2 public id x')).to.equal('[redacted] public id x')
    })
  }

  it('are hidden in the digits of no escape, if they are short', () => {
    const secrets = new Secrets(['$.*'])
    secrets.learn({ a: '22', b: '34', c: '25', d: 'n' })
    expect(secrets.hide('%22 &#34; \\u0022 \\n')).to.equal('%22 &#34; \\u0022 \\n')
    expect(secrets.hide('=22 %3D22& \\nn\\n')).to.equal('=[redacted] %3D[redacted]& \\n[redacted]\\n')
  })

  it('are not learned from what is not JSON without the name of a member', () => {
    const secrets = new Secrets(['*', '$.*', '$.token'])
    secrets.learnFromText('42["token", "hunter2"]')
    expect(secrets.hide('hunter2')).to.equal('hunter2')
  })

  it('are hidden beside escapes that are not whole, and with letters that have no other case', () => {
    const secrets = new Secrets(['$.*'])
    secrets.learn({ a: 'İstanbul', b: 'Straße' })
    expect(secrets.hide('%C3%İSTANBUL%E2%82straße&#99999999;&so;\\u12İstanbul')).to.equal(
      '%C3%[redacted]%E2%82[redacted]&#99999999;&so;\\u12[redacted]',
    )
  })

  it('are not marks alone, if they are short', () => {
    const secrets = new Secrets(['$.*'])
    secrets.learn({ a: '"', b: ', ', c: '---', d: '----' })
    expect(secrets.hide('{"a": 1, "b": "---"} ----')).to.equal('{"a": 1, "b": "---"} [redacted]')
  })

  it('are hidden whole if they overlap', () => {
    const secrets = new Secrets(['$.*'])
    secrets.learn({ a: 'abcdef', b: 'defghi' })
    expect(secrets.hide('<abcdefghi>')).to.equal('<[redacted]>')
  })

  it('may be a hundred thousand that begin alike, learned one after the other while others are hidden', () => {
    const secrets = new Secrets(['$.id'])
    for (let number = 0; number < 100_000; number++) {
      secrets.learn({ id: `Bearer of the number ${number}.` })
      if (number % 100 === 0) {
        expect(secrets.hide(`<Bearer of the number ${number}.>`)).to.equal('<[redacted]>')
        expect(secrets.hide(`<Bearer of the number ${number}>`)).not.to.contain('[redacted]')
      }
    }
  })

  for (const [name, words] of [
    ['header:', '"header:" does not name a header: write header:authorization'],
    ['parameter:a b', '"parameter:a b" does not name a parameter: write parameter:token'],
    ['$[', /./],
  ] as const) {
    it(`refuse the name ${name}`, () => {
      expect(() => new Secrets([name])).to.throw(UsageError, words)
    })
  }
})

describe('Secrets, before an error can show them', () => {
  const context = { variables: new Variables(), files: noFiles, phrases: {} }
  const server = { url: 'ws://localhost:99999/?token=hunter2', headers: {}, subprotocols: [] }
  for (const [where, write] of [
    ['a wrong address', () => connectionTarget(server, {}, context.variables)],
    ['broken JSON', () => parseJson('{"token":"hunter2",}')],
    ['expected JSON', () => json('{"token":"hunter2"}').toMatcher(context)],
    ['an expected table', () => messageWith([['token', 'hunter2']]).toMatcher(context)],
    ['a table to send', () => messageWith([['token', 'hunter2']]).toSend(context)],
    ['a comparison', () => new UsageError('hunter2', { expected: { token: 'hunter2' } })],
  ] as const) {
    it(`are learned from ${where}`, () => {
      const secrets = new Secrets(['token', 'parameter:token'])
      const stop = registerRedaction(secrets)
      try {
        write()
      } catch (error) {
        expect(error).to.be.an.instanceOf(UsageError)
      } finally {
        stop()
      }
      expect(secrets.hide('hunter2')).to.equal('[redacted]')
    })
  }
})

describe('Secrets, in every spelling', () => {
  for (const [secret, ...spellings] of [
    ['päss/w"ord', 'p\\u00e4ss\\/w\\"ord', 'p\\u00E4ss/w\\u0022ord', 'p%C3%A4ss%2fw%22ord', 'päss%2Fw"ord'],
    ["sec'ret (z)", 'sec%27ret%20(z)', 'sec%27ret+%28z%29', "sec'ret (z)"],
    ['a😀b.', 'a\\ud83d\\ude00b.', 'a\\uD83D\\uDE00b%2E', 'a%F0%9F%98%80b.'],
    ['a\\b\bc\fd\ne\rf\tg', 'a\\\\b\\bc\\fd\\ne\\rf\\tg', 'a%5Cb%08c%0Cd%0Ae%0Df%09g'],
    ['-[x]{y}|^$*+?', '-[x]{y}|^$*+?', '%2D%5Bx%5D%7By%7D%7C%5E%24%2A%2B%3F'],
  ] as const) {
    it(`are hidden: ${JSON.stringify(secret)}`, () => {
      const secrets = new Secrets(['$.token'])
      secrets.learn({ token: secret })
      for (const spelling of [secret, ...spellings]) expect(secrets.hide(`<${spelling}>`)).to.equal('<[redacted]>')
    })
  }

  it('are hidden if they are numbers', () => {
    const secrets = new Secrets(['$.*'])
    secrets.learn({ a: 12345.67, b: 1234500000000000000000000, c: -1.5, d: 0.00015 })
    expect(secrets.hide('12345.670, 12345.67, 1.2345e+24, 1234500000000000000000000, -1.50, 0.00015')).to.equal(
      Array(6).fill('[redacted]').join(', '),
    )
    expect(secrets.hide('0 1 12345 0.0001')).to.equal('0 1 12345 0.0001')
  })

  it('are hidden if they contain a number, to which no zero is added', () => {
    const secrets = new Secrets(['$.*'])
    secrets.learn({ a: 'v1.25', b: '1.25.3' })
    expect(secrets.hide('v1.250 1.25.30')).to.equal('[redacted]0 [redacted]0')
  })

  it('are hidden within words unless they are short', () => {
    const secrets = new Secrets(['$.*'])
    secrets.learn({ a: 'abcd', b: 'xyz' })
    expect(secrets.hide('-abcd0 -xyz0 xyz')).to.equal('-[redacted]0 -xyz0 [redacted]')
    expect(secrets.hide('0abcd0 0xyz0 ab+d')).to.equal('0[redacted]0 0xyz0 ab+d')
  })

  it('are hidden as far as a text is shown, even where those before them made room for them', () => {
    const secrets = new Secrets(['$.*'])
    const long = 'hunter2'.repeat(3000)
    secrets.learn({ long, other: 'hunter3', pin: 'xyz' })
    const [base64, escaped] = [Buffer.from('hunter3').toString('base64'), '%61HVudGVyMw==']
    for (const piece of ['hunter3', ' xyz ', ` ${base64} `, ` ${escaped} `, 'plain']) {
      const text = `${long}${'-'.repeat(250)}${piece}${'.'.repeat(20_000)}${piece}${'.'.repeat(200_000)}${piece}`
      const whole = secrets.hide(text)
      for (const length of [1, 300, 21_000]) {
        expect(secrets.hide(text, length).slice(0, length)).to.equal(whole.slice(0, length))
        expect(secrets.hide(text, length).endsWith(piece)).to.equal(true)
      }
    }
  })

  it('are learned and hidden quickly, however many there are', () => {
    const secrets = new Secrets(['$.token'])
    const tokens = Array.from({ length: 100_000 }, (_, at) => 1_000_000_000 + 7 * at)
    const text = JSON.stringify({ token: tokens })
    const start = performance.now()
    secrets.learnFromText(text)
    for (let time = 0; time < 1000; time++) secrets.hide(`${time}${text}`, 300)
    // It took 30 µs to learn each, and half a second to hide them.
    expect(performance.now() - start).to.be.lessThan(10_000)
  }).timeout(20_000)

  it('are hidden as whole words if they are short', () => {
    const secrets = new Secrets(['$.pin', 'header:cookie'])
    secrets.learn({ pin: 1 })
    secrets.learnFromHeaders({ Cookie: 'lang=en; theme=dark' })
    expect(secrets.hide('ws://localhost:8123/?pin=1 when Rob sends {"pin":1,"lang":"en"}')).to.equal(
      'ws://localhost:8123/?pin=[redacted] when Rob sends {"pin":[redacted],"lang":"[redacted]"}',
    )
  })

  it('are hidden in invalid JSON and addresses', () => {
    const secrets = new Secrets(['$.user.token', 'parameter:token'])
    secrets.learnFromText('{"user":{"token":"hunter2", }}')
    secrets.learnFromAddress('ws://localhost:99999/?a=b&token=hunt%2ber+3#x')
    expect(secrets.hide('hunter2 hunt+er 3')).to.equal('[redacted] [redacted]')
  })

  it('are hidden as subprotocols and encoded cookies', () => {
    const secrets = new Secrets(['header:sec-websocket-protocol', 'header:cookie'])
    secrets.learnFromHeaders({ 'Sec-WebSocket-Protocol': 'chat.v2,  token.hunter2,hunter3', Cookie: 'a=hunter%22D' })
    expect(secrets.hide('token.hunter2, hunter3 and hunter"D')).to.equal('[redacted], [redacted] and [redacted]')
  })
})
