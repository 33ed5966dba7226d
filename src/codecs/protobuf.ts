/** Protocol Buffers, by the `.proto` files of the project. */

import { posix } from 'node:path'
import type * as Protobuf from 'protobufjs'
import { FLAG, type Kind, NAME, requireOptions } from '../arguments'
import { UsageError } from '../errors'
import type { Codec, CodecConnection, CodecSession } from '../protocol/codec'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { contentOfMessage, messageOfContent, nameOf, protobuf } from './protobuf-json'

interface ProtobufOptions {
  /** The file, or files, in which the messages are. */
  readonly file: string | readonly string[]
  /** The message that is received; nothing is decoded without one. */
  readonly received?: string
  /** The message that is sent. */
  readonly sent?: string
  /** Whether each message stands after its length, as in a stream; a frame may have several then. */
  readonly delimited?: boolean
}

const FILES: Kind = {
  words: 'a file such as "chat.proto", or a list of files',
  accepts: (value) =>
    NAME.accepts(value) || (Array.isArray(value) && value.length > 0 && value.every((file) => NAME.accepts(file))),
}

const MESSAGE: Kind = { ...NAME, words: 'the name of a message, such as "chat.ServerMessage"' }

class ProtobufSession implements CodecSession {
  constructor(
    private readonly received: Protobuf.Type | undefined,
    private readonly sent: Protobuf.Type | undefined,
    private readonly isDelimited: boolean,
    private readonly maxFields: number,
  ) {}

  *decode(payload: string | Buffer): Generator<string | Buffer> {
    const { received } = this
    const fields = { max: this.maxFields, count: 0 }
    if (!received) yield payload
    else if (this.isDelimited) {
      const reader = protobuf.Reader.create(payload as Buffer)
      while (reader.pos < reader.len) yield contentOfMessage(received, received.decodeDelimited(reader), fields)
    } else yield contentOfMessage(received, received.decode(payload as Buffer), fields)
  }

  encode(content: string | Buffer): Buffer {
    const { sent } = this
    // Bytes are not a message, but may be one that is already encoded, or one that is broken.
    if (Buffer.isBuffer(content)) return content
    if (!sent) throw new Error('it does not know which message is sent: set its option sent')
    const message = messageOfContent(sent, content)
    return Buffer.from((this.isDelimited ? sent.encodeDelimited(message) : sent.encode(message)).finish())
  }
}

/** Parsed once in a run, by the names of the files. */
const parsed = new Map<string, Protobuf.Root>()

function rootOf(files: readonly string[], readFile: CodecConnection['readFile']): Protobuf.Root {
  const key = JSON.stringify([process.cwd(), ...files])
  let root = parsed.get(key)
  if (!root) {
    root = new protobuf.Root()
    const read = new Set<string>()
    for (const file of files) parse(root, file, String(readFile(file)), { read, readFile })
    resolveAll(root, files)
    parsed.set(key, root)
  }
  return root
}

interface Reading extends Pick<CodecConnection, 'readFile'> {
  /** The files that have been read. */
  readonly read: Set<string>
}

function parse(root: Protobuf.Root, file: string, text: string, reading: Reading): void {
  if (reading.read.has(file)) return
  reading.read.add(file)
  let imports: readonly string[]
  try {
    root.files.push(file)
    const result = protobuf.parse(text, root, { keepCase: true })
    imports = [...(result.imports ?? []), ...(result.weakImports ?? [])]
  } catch (error) {
    throw new UsageError(`The file ${quoted(file)} is not a valid .proto file: ${(error as Error).message}`)
  }
  for (const name of imports) parseImport(root, file, name, reading)
}

/** An import is looked for beside the file that imports it, and in the folders above; Google's own are known. */
function parseImport(root: Protobuf.Root, file: string, name: string, reading: Reading): void {
  const common = protobuf.common.get(name)
  if (common) {
    if (!reading.read.has(name)) root.addJSON((common as Required<Protobuf.INamespace>).nested)
    reading.read.add(name)
    return
  }
  const folders = foldersAbove(posix.dirname(file.replaceAll('\\', '/')))
  for (const folder of folders) {
    const path = posix.join(folder, name)
    const text = reading.read.has(path) ? '' : textOf(path, reading)
    if (text === undefined) continue
    parse(root, path, text, reading)
    return
  }
  throw new UsageError(
    `The file ${quoted(file)} imports ${quoted(name)}, which is not in the project. It was looked for in ${folders.join(', ')}.`,
  )
}

function foldersAbove(folder: string): string[] {
  return folder === '.' || folder === posix.dirname(folder)
    ? [folder]
    : [folder, ...foldersAbove(posix.dirname(folder))]
}

function textOf(path: string, { readFile }: Reading): string | undefined {
  try {
    return String(readFile(path))
  } catch {
    return undefined
  }
}

function resolveAll(root: Protobuf.Root, files: readonly string[]): void {
  try {
    root.resolveAll()
  } catch (error) {
    throw new UsageError(`${files.map((file) => quoted(file)).join(', ')}: ${(error as Error).message}`)
  }
}

function typeOf(root: Protobuf.Root, name: string | undefined, option: string): Protobuf.Type | undefined {
  if (name === undefined) return undefined
  const types = [...typesBelow(root)]
  const found = types.find((type) => nameOf(type) === name.replace(/^\./, ''))
  if (found) return found
  const known = types.map(nameOf).sort()
  const hint = nearest(name, known)
  const advice = hint ? `Did you mean ${hint}?` : `There are ${known.join(', ') || 'none'}.`
  throw new UsageError(
    `The option ${option} of the codec protobuf should be a message of its file, not ${quoted(name)}. ${advice}`,
  )
}

function* typesBelow(namespace: Protobuf.NamespaceBase): Generator<Protobuf.Type> {
  for (const nested of namespace.nestedArray) {
    if (nested instanceof protobuf.Type) yield nested
    if (nested instanceof protobuf.Namespace) yield* typesBelow(nested)
  }
}

/** What a frame may have, however short it has to be. */
const MIN_FIELDS = 10_000

const FILE_MISSING =
  'The codec protobuf needs its option file: { name: "protobuf", file: "chat.proto", received: "chat.ServerMessage" }'

export const codec: Codec = {
  name: 'protobuf',
  isBinary: true,
  open({ readFile, maxMessageBytes }, options) {
    requireOptions('the codec protobuf', options, {
      ...{ file: FILES, received: MESSAGE, sent: MESSAGE, delimited: FLAG },
    })
    const { file, received, sent, delimited = false } = options as Partial<ProtobufOptions>
    if (file === undefined) throw new UsageError(FILE_MISSING)
    const root = rootOf(typeof file === 'string' ? [file] : file, readFile)
    const types = [typeOf(root, received, 'received'), typeOf(root, sent, 'sent')] as const
    // A field has two bytes at least, where it is sent.
    return new ProtobufSession(...types, delimited, Math.max(MIN_FIELDS, maxMessageBytes / 2))
  },
}
