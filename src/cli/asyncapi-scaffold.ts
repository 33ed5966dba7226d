/** `asyncapi`: first features from an AsyncAPI document, ready to be edited. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { readContract } from '../contract/read-contract'
import { UsageError } from '../errors'
import { writeFeatures } from '../scaffold/write-features'
import { quoted } from '../text/excerpt'
import { projectFiles } from '../transport/project-files'
import { inWords } from './in-words'
import type { Command } from './run-command'

export const asyncapiScaffold: Command = {
  words: 'asyncapi',
  operands: '<document>',
  summary:
    'Writes a feature for each channel of an AsyncAPI document, with a scenario for each operation, ready to be edited; never over a file that is there.',
  options: { out: { value: '<folder>', summary: 'Where they are written to. Default: features' } },
  run({ operands: [document, ...others], options: { out = 'features' } }, { print, complain }) {
    if (document === undefined || others.length > 0)
      throw new UsageError('One document is read at a time: cucumber-websocket asyncapi docs/asyncapi.yaml')
    const { contract, features, problems } = read(document)
    for (const problem of [...contract.notes, ...problems]) complain(problem)
    const existing = features.filter(({ name, text }) => {
      const file = join(out, name)
      if (!isWritten(out, file, text)) return true
      print(`${file} is written.`)
      return false
    })
    for (const { name } of existing) complain(`${join(out, name)} is there already, and is left as it is.`)
    return existing.length > 0 ? 1 : 0
  },
}

function read(document: string) {
  // As the settings name it.
  const path = relative(process.cwd(), resolve(document)).replaceAll(sep, '/')
  if (/^https?:/i.test(document))
    throw new UsageError(`${quoted(document)} is an address: save the document to a file of the project first.`)
  // On Windows, it may be on another drive.
  if (/^(?:\.\.(?:\/|$)|[a-z]:)/i.test(path))
    throw new UsageError(
      `${quoted(document)} lies outside of the folder ${quoted(process.cwd())}, in which Cucumber would look for it: run the command in ` +
        'the folder of the project, with a document in it.',
    )
  // What it refers to lies in the project, too.
  const files = projectFiles('.')
  const contract = readContract(
    { document: path },
    { folder: '.', read: (file) => files.read(file).toString() },
  ) as NonNullable<ReturnType<typeof readContract>>
  return { contract, ...writeFeatures(contract) }
}

/** Whether a file could be written, since it was not there. */
function isWritten(folder: string, file: string, text: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && syscall === 'open') return false
    throw inWords(error, `${quoted(file)} cannot be written`)
  }
}
