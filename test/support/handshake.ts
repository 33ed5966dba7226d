/** What a server answers to a handshake and sends after it, as bytes: for tests of servers that break the rules. */

import { createHash } from 'node:crypto'

/** A close frame with the code 4001 and the reason "Kicked". */
export const CLOSE_FRAME = Buffer.concat([Buffer.from([0x88, 8, 0x0f, 0xa1]), Buffer.from('Kicked')])

/** A frame with a reserved opcode. */
export const INVALID_FRAME = Buffer.from([0x83, 0x00])

/** A refusal whose body is longer than what follows of it. */
export const ENDLESS_REFUSAL = 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 1000\r\n\r\n'

/** Accepts a handshake (RFC 6455, section 4.2.2). */
export function acceptHandshake(request: string, headers = ''): Buffer {
  const key = /^sec-websocket-key: *(\S+)/im.exec(request)?.[1] ?? ''
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  return Buffer.from(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept}\r\n${headers}\r\n`,
  )
}

/** Answers a handshake like any other request. */
export function httpResponse(status: string, body: string): string {
  return `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
}

/** A text of less than 126 bytes in one frame (RFC 6455, section 5.2). */
export function textFrame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, Buffer.byteLength(text)]), Buffer.from(text)])
}
