/** Reads the project's files: only those below its folder, links resolved. */

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../errors'
import { jsonOfYaml } from '../json/yaml-text'
import type { NamedMessage, ProjectFiles } from '../messages/project-files'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'

/** How large a file may be, in bytes. */
const MAX_SIZE = 256 * 2 ** 20

const EXTENSIONS = ['.json', '.yaml', '.yml', '.txt']

/**
 * The files of a project.
 * @param messages the folder of its named messages, relative to the project's
 * @param project where Cucumber runs
 */
export function projectFiles(messages: string, project = process.cwd()): ProjectFiles {
  /** The text of a file, or bytes; `name` is how a sentence calls it. */
  const readInside = (path: string, name: string): Buffer => {
    if (!leadsSomewhere(path)) throw new UsageError(`${name} is a link that leads nowhere, or to itself.`)
    if (!isBelow(path, project)) {
      throw new UsageError(`${name} is not in the project: only files below its folder are read.`)
    }
    const stats = statSync(path)
    if (!stats.isFile())
      throw new UsageError(`${name} is ${stats.isDirectory() ? 'a folder' : 'a device'}, not a file.`)
    if (stats.size > MAX_SIZE) throw new UsageError(`${name} is larger than ${MAX_SIZE} bytes.`)
    return readFileSync(path)
  }
  return {
    read(path, location) {
      const feature = location === undefined ? [] : [dirname(location)]
      const folders = [...feature, messages, '.'].map((folder) => resolve(project, folder))
      const found = folders.map((folder) => resolve(folder, path)).find((file) => existsSync(file))
      if (found === undefined) {
        const looked = [...new Set(folders)]
          .map((folder) => relative(project, folder) || 'the project itself')
          .join(', ')
        throw new UsageError(`There is no file ${quoted(path)}. It was looked for in ${looked}.`)
      }
      return readInside(found, `The file ${quoted(path)}`)
    },
    message: (name) => namedMessage(name, { project, folder: resolve(project, messages), shown: messages, readInside }),
  }
}

/** Whether there is something at a path; a link may be broken, or lead to itself. */
function leadsSomewhere(path: string): boolean {
  try {
    realpathSync.native(path)
    return true
  } catch {
    return false
  }
}

/** Whether a file is below a folder, links resolved; both in the spelling of the disk, which may ignore case. */
function isBelow(path: string, folder: string): boolean {
  const way = relative(realpathSync.native(folder), realpathSync.native(path))
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

interface MessagesFolder {
  readonly project: string
  readonly folder: string
  /** As the settings write it. */
  readonly shown: string
  readonly readInside: (path: string, name: string) => Buffer
}

function namedMessage(name: string, { project, folder, shown, readInside }: MessagesFolder): NamedMessage {
  if (existsSync(folder) && !isBelow(folder, project)) {
    throw new UsageError(
      `The folder of messages, ${shown}, is not in the project: only files below its folder are read.`,
    )
  }
  const files = existsSync(folder) ? [...filesBelow(folder, project)] : []
  const named = files.filter((file) => EXTENSIONS.includes(extname(file)))
  const found = named.filter((file) => nameOf(file) === name)
  if (found.length > 1)
    throw new UsageError(`There are several messages ${quoted(name)} in ${shown}: ${found.join(', ')}.`)
  const [file] = found
  if (file === undefined) throw new UsageError(describeUnknown(name, named.map(nameOf), shown))
  const text = readInside(join(folder, file), `The message ${quoted(name)}`).toString()
  switch (extname(file)) {
    case '.json':
      return { text, isJson: true }
    case '.txt':
      return { text: text.replace(/\r?\n$/, ''), isJson: false }
    default:
      return { text: jsonOfYaml(text, join(shown, file)), isJson: true }
  }
}

/** What is in a folder and in those below it, relative to it; a link out of the project leads to no other folder. */
function* filesBelow(folder: string, project: string, visited = new Set<string>()): Generator<string> {
  visited.add(realpathSync.native(folder))
  for (const { name } of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, name)
    yield name
    const isFolder = leadsSomewhere(path) && statSync(path).isDirectory()
    if (!isFolder || !isBelow(path, project) || visited.has(realpathSync.native(path))) continue
    for (const inner of filesBelow(path, project, visited)) yield join(name, inner)
  }
}

/** A message's name is its path in the folder, without the extension. */
function nameOf(file: string): string {
  return file.slice(0, -extname(file).length).replaceAll(sep, '/')
}

function describeUnknown(name: string, known: readonly string[], folder: string): string {
  const hint = nearest(name, known)
  if (hint) return `There is no message ${quoted(name)} in ${folder}. Did you mean ${quoted(hint)}?`
  const existing =
    known.length === 0 ? 'There are none yet' : `There are ${known.map((other) => quoted(other)).join(', ')}`
  return `There is no message ${quoted(name)} in ${folder}. ${existing}: write it to ${folder}/${name}.json, .yaml or .txt.`
}
