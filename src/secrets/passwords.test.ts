import { expect } from 'chai'
import { addressesIn, loginsIn, passwordsOf } from './passwords'
import { Secrets } from './secrets'

describe('Passwords of addresses', () => {
  for (const [address, ...passwords] of [
    ['ws+unix://rob:hunter2@host/x', 'hunter2'],
    ['http+unix://rob:hunter2@/x', 'hunter2'],
    ['Ws+Unix:rob:hunter2@/x', 'rob:hunter2', 'hunter2'],
    ['ws+unix:///run/app.sock:/chat#rob:hunter2@host', '/chat#rob:hunter2'],
    ['ws+unix:///run/rob:x@host.sock:/chat'],
    ['ws+unix:/run/rob:x@host.sock'],
    ['redis://rob:hunter2@host/a@b', 'hunter2@host/a', 'hunter2'],
    ['redis://:hunter2@host', 'hunter2'],
    ['redis://rob@host:6379/'],
    ['jdbc:oracle:thin:rob/hunter2@//host:1521/shop', 'oracle:thin:rob/hunter2', 'thin:rob/hunter2', 'hunter2'],
    ['ws://rob%3Ahunter2%40host:x/', 'hunter2'],
    ['ws://rob%3Ahunter2%40host%', 'hunter2'],
    ['ws://host/?mail=rob%40host'],
    ['ws://rob:${env.PASSWORD}@host:${port}/'],
  ] as const) {
    it(`are ${passwords.join(' and ') || 'none'}: ${address}`, () => {
      expect([...new Set(passwordsOf(address))].sort()).to.deep.equal([...passwords].sort())
    })
  }

  for (const [text, shown] of [
    ['DATABASE_URL=postgres://rob:hunter2@db/shop', 'DATABASE_URL=postgres://rob:[redacted]@db/shop'],
    ['--url=jdbc:postgresql://rob:hunter2@db/shop', '--url=jdbc:postgresql://rob:[redacted]@db/shop'],
    ['redis://a:hunter2@b,redis://c:hunter3@d', 'redis://a:[redacted]@b,redis://c:[redacted]@d'],
    ['nats://a:hunter2@b,c:hunter3@d', 'nats://a:[redacted]@d'],
    ['node x.js "amqp://rob:hun ter2@host/"', 'node x.js "amqp://rob:[redacted]@host/"'],
    ['{"url":"redis://rob:hunter2@host","mail":"ann@host"}', '{"url":"redis://rob:[redacted]@host"}'],
    ['--login=rob:hunter2@host', '--login=rob:[redacted]@host'],
    ['//rob:hunter2@host --url=//ann:hunter3@host', '//rob:[redacted]@host --url=//ann:[redacted]@host'],
    ['rob@corp.com:hunter2@host x=:hunter3@host', 'rob@corp.com:[redacted]@host x=:[redacted]@host'],
    ["curl 'rob:hunter2@host'", "curl 'rob:[redacted]@host'"],
    ['rob:hunter2@tcp(host:3306)/shop', 'rob:[redacted]@tcp(host:3306)/shop'],
    ['/folder/redis:/rob:hunter2@host', '/folder/redis:/rob:[redacted]@host'],
  ] as const) {
    it(`are hidden in a command: ${text}`, () => {
      const secrets = new Secrets()
      secrets.learnFromCommand(text)
      for (const password of ['hunter2', 'hunter3', 'hun ter2'].filter((one) => text.includes(one))) {
        expect(secrets.hide(`<${password}>`)).to.equal('<[redacted]>')
      }
      expect(secrets.hide(text).replace(/redacted\].*"mail.*/, 'redacted]@host"}')).to.equal(shown)
    })
  }

  for (const text of [
    'node server.js --port 8080',
    'docker run -v /data:/data@ro registry:5000/shop:latest@sha256:0a1b2c',
    'npm install react@npm:preact@10 npm:left-pad@1',
    'mail mailto:rob@host git@host:rob/shop.git',
    'curl http://localhost:8080/?mail=rob@host',
    'node x.js redis://host:6379 --mail=rob@host',
    '1://rob@host',
    `{"user":"rob","mail":"rob@host"}`,
  ]) {
    it(`are not in a command: ${text}`, () => {
      const secrets = new Secrets()
      secrets.learnFromCommand(text)
      for (const word of text.split(/[\s:@/"=]+/)) expect(secrets.hide(`<${word}>`)).to.equal(`<${word}>`)
    })
  }

  it('are looked for where an address begins with a scheme, up to the next one, and up to its end', () => {
    expect(addressesIn('a=b://c:d@e f://g@h')).to.deep.equal(['b://c:d@e ', 'b://c:d@e', 'f://g@h', 'f://g@h'])
    expect(addressesIn('://a:b@c')).to.deep.equal([])
    expect(loginsIn('a=b:c@d,e:f@g')).to.deep.equal(['b:c@d,e:f@g', 'b:c@d', 'e:f@g'])
  })

  it('have parts that mean something to a shell, which are hidden by themselves', () => {
    const secrets = new Secrets()
    secrets.learnFromCommand('node x.js redis://rob:a$hunter2@host redis://rob:a99>b@host')
    expect(secrets.hide('"$hunter2" and "99>"')).to.equal('"[redacted]" and "[redacted]"')
  })

  it('are learned from settings, but not from programs and commands that do not run', () => {
    const secrets = new Secrets()
    const settings = {
      messages: ['redis://rob:hunter2@host', 'room:lobby@host'],
      programs: { chat: { command: 'node', env: { BROKER: 'amqp://guest:guest@host' } } },
      commands: { worker: { command: 'node x.js redis://rob:first@host' } },
    }
    secrets.learnFromSettings(settings)
    expect(secrets.hide('hunter2 guest first lobby')).to.equal('[redacted] guest first lobby')
  })

  it('are learned from all texts and names in a value', () => {
    const secrets = new Secrets()
    secrets.learnFromCommands({ 'rob:hunter2@host': [{ a: 'redis://rob:hunter3@host', b: 1 }] })
    expect(secrets.hide('hunter2 hunter3')).to.equal('[redacted] [redacted]')
  })

  it('are learned with the parameters that the settings name', () => {
    const secrets = new Secrets(['parameter:token'])
    secrets.learnFromCommand('probe "http://host/?token=hunter2" http://host/?a=b&token=hunter3')
    expect(secrets.hide('hunter2, hunter3, b')).to.equal('[redacted], [redacted], b')
  })

  it('are learned from an address once', () => {
    const secrets = new Secrets()
    for (let time = 0; time < 2; time++) secrets.learnFromAddress('redis://rob:hunter2@host')
    expect(secrets.hide('hunter2')).to.equal('[redacted]')
  })

  it('are known as credentials of Basic, too', () => {
    const secrets = new Secrets()
    secrets.learnFromCommand('node x.js --url=http://rob:hunter2@host/')
    expect(secrets.hide(`Basic ${Buffer.from('rob:hunter2').toString('base64')}`)).to.equal('Basic [redacted]')
  })
})
