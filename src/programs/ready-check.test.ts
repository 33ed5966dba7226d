import { expect } from 'chai'
import { UsageError } from '../errors'
import { Variables } from '../variables/variables'
import { fillReadyCheck, isReadyAt, portOf, portOfAddress } from './ready-check'

describe('Ready check', () => {
  const fillWith = (ready: Parameters<typeof fillReadyCheck>[1], port: unknown = 8080) => {
    const variables = new Variables().with({ port })
    return fillReadyCheck('chat', ready, variables)
  }

  for (const [ready, filled] of [
    [undefined, undefined],
    [{ port: 80 }, { port: 80 }],
    [{ port: '${port}' }, { port: 8080 }],
    [{ port: '1${port}' }, { port: 18080 }],
    [{ url: 'http://localhost:${port}/${port}' }, { url: 'http://localhost:8080/8080' }],
    [{ output: 'on port ${port}' }, { output: 'on port 8080' }],
  ] as const) {
    it(`has the values of variables: ${JSON.stringify(ready)}`, () => {
      expect(fillWith(ready)).to.deep.equal(filled)
    })
  }

  it('may have members that are left out', () => {
    expect(fillWith({ port: '${port}', url: undefined, output: undefined } as never)).to.deep.equal({ port: 8080 })
  })

  for (const port of ['', 'x', '0', '65536', '-1', '1e3', '80 81', '123456']) {
    it(`refuses what is not a port: ${JSON.stringify(port)}`, () => {
      expect(() => fillWith({ port: '${port}' }, port)).to.throw(
        UsageError,
        'The program "chat" cannot be started: its "ready.port", ${port}, is ' +
          `${JSON.stringify(port)}, and should be a number from 1 to 65535. Write before this: "port" stands for a free port`,
      )
    })
  }

  it('refuses a value that would be another host', () => {
    expect(() => fillWith({ url: 'http://localhost:${port}/' }, '80/x')).to.throw(
      UsageError,
      /not a valid host or port/,
    )
  })

  it('knows the port of a program', () => {
    expect([undefined, { output: 'x' }, { port: 8080 }, { url: 'http://a:81/' }].map(portOf)).to.deep.equal([
      ...[undefined, undefined, 8080, 81],
    ])
  })

  it('knows the port of an address', () => {
    const addresses = ['ws://a/', 'http://a', 'wss://a/x', 'https://a', 'ws://a:8080/', 'nowhere']
    expect(addresses.map(portOfAddress)).to.deep.equal([80, 80, 443, 443, 8080, undefined])
  })
})

describe('What is ready at a port or a URL', () => {
  for (const [ready, address, isIt] of [
    [{ port: 8080 }, 'ws://localhost:8080/chat', true],
    [{ port: 8080 }, 'ws://chat.localhost:8080/', true],
    [{ port: 8080 }, 'ws://127.0.1.1:8080/', true],
    [{ port: 8080 }, 'wss://[::1]:8080/', true],
    [{ port: 80 }, 'ws://localhost/', true],
    [{ port: 8080 }, 'ws://localhost:8081/', false],
    [{ port: 8080 }, 'ws://chat.example:8081/', false],
    [{ port: 8080 }, 'ws://chat.example:8080/', undefined],
    [{ port: 8080 }, 'ws+unix:///run/app.sock:/', undefined],
    [{ url: 'http://chat.example:8080/health' }, 'ws://chat.example:8080/', true],
    [{ url: 'https://chat.example/health' }, 'wss://chat.example:443/', true],
    [{ url: 'http://other.example:8080/' }, 'ws://chat.example:8080/', undefined],
    [{ output: 'ready' }, 'ws://localhost:8080/', undefined],
    [undefined, 'ws://localhost:8080/', undefined],
  ] as const) {
    it(`has the address ${address}: ${JSON.stringify(ready)}: ${isIt}`, () => {
      expect(isReadyAt(ready, address)).to.equal(isIt)
    })
  }
})
