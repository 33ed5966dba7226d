/** Reads the project's files: only those below its folder, links resolved. */

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, extname, join, relative, resolve, sep } from 'node:path'
import { parse } from 'yaml'
import { UsageError } from '../errors'
import type { NamedMessage, ProjectFiles } from '../messages/project-files'
import { nearest } from '../text/nearest'

const EXTENSIONS = ['.json', '.yaml', '.yml', '.txt']

/**
 * The files of a project.
 * @param messages the folder of its named messages, relative to the project's
 * @param project where Cucumber runs
 */
export function projectFiles(messages: string, project = process.cwd()): ProjectFiles {
  const isInside = (path: string) => `${realpathSync(path)}${sep}`.startsWith(`${realpathSync(project)}${sep}`)
  return {
    read(path, location) {
      const feature = location === undefined ? [] : [dirname(location)]
      const folders = [...feature, messages, '.'].map((folder) => resolve(project, folder))
      const found = folders.map((folder) => resolve(folder, path)).find((file) => existsSync(file))
      if (found === undefined) {
        const looked = [...new Set(folders)]
          .map((folder) => relative(project, folder) || 'the project itself')
          .join(', ')
        throw new UsageError(`There is no file "${path}". It was looked for in ${looked}.`)
      }
      if (!isInside(found)) {
        throw new UsageError(`The file "${path}" is not in the project: only files below its folder are read.`)
      }
      if (!statSync(found).isFile()) throw new UsageError(`"${path}" is a folder, not a file.`)
      return readFileSync(found)
    },
    message: (name) => namedMessage(name, resolve(project, messages), messages),
  }
}

function namedMessage(name: string, folder: string, shown: string): NamedMessage {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  const named = files.filter((file) => EXTENSIONS.includes(extname(file)))
  const found = named.filter((file) => nameOf(file) === name)
  if (found.length > 1) throw new UsageError(`There are several messages "${name}" in ${shown}: ${found.join(', ')}.`)
  const [file] = found
  if (file === undefined) throw new UsageError(describeUnknown(name, named.map(nameOf), shown))
  const text = readFileSync(join(folder, file), 'utf8')
  switch (extname(file)) {
    case '.json':
      return { text, isJson: true }
    case '.txt':
      return { text: text.replace(/\r?\n$/, ''), isJson: false }
    default:
      return { text: fromYaml(text, join(shown, file)), isJson: true }
  }
}

/** A message's name is its path in the folder, without the extension. */
function nameOf(file: string): string {
  return file.slice(0, -extname(file).length).replaceAll(sep, '/')
}

function fromYaml(text: string, file: string): string {
  try {
    return JSON.stringify(parse(text))
  } catch (error) {
    throw new UsageError(`${file} is not valid YAML: ${(error as Error).message}`)
  }
}

function describeUnknown(name: string, known: readonly string[], folder: string): string {
  const hint = nearest(name, known)
  if (hint) return `There is no message "${name}" in ${folder}. Did you mean "${hint}"?`
  const existing =
    known.length === 0 ? 'There are none yet' : `There are ${known.map((other) => `"${other}"`).join(', ')}`
  return `There is no message "${name}" in ${folder}. ${existing}: write it to ${folder}/${name}.json, .yaml or .txt.`
}
