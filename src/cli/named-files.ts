/** The files that a command line names: shells of Windows leave `part-*.json` as it is; so does one that finds no such file. */

import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'

/**
 * The files that are named, each once; what an earlier call has written is none of them.
 * @param named paths, in which `*` stands for any part of a name
 * @param out what will be written
 * @param example how files are named, for who has named none
 */
export function namedFiles(named: readonly string[], out: string | undefined, example: string): string[] {
  if (named.length === 0) throw new UsageError(`There is nothing to merge: name the reports, as in ${example}.`)
  const files = new Map(named.flatMap(expand).map((file) => [resolve(file), file]))
  if (out !== undefined) files.delete(resolve(out))
  if (files.size === 0) throw new UsageError(`No file is like ${named.map(quoted).join(' or ')}, but the one to write.`)
  return [...files.values()]
}

function expand(path: string): string[] {
  if (!path.includes('*') || existsSync(path)) return [path]
  const before = path.slice(0, path.indexOf('*'))
  const end = Math.max(before.lastIndexOf('/'), before.lastIndexOf('\\')) + 1
  const found = path
    .slice(end)
    .split(/[\\/]+/)
    .reduce(namesLike, [path.slice(0, end)])
  if (found.length === 0) throw new UsageError(`There is no file ${quoted(path)}.`)
  return found
}

function namesLike(folders: readonly string[], name: string): string[] {
  const parts = name.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
  const pattern = new RegExp(`^${parts.join('.*')}$`)
  return folders.flatMap((folder) => {
    const names = namesIn(folder).filter((one) => pattern.test(one) && (!one.startsWith('.') || name.startsWith('.')))
    return names.sort().map((one) => join(folder, one))
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder || '.')
  } catch {
    return []
  }
}
