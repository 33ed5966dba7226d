/** Child processes, each of which measures one thing and sends its result. */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Runs a file of this folder; resolves to the one message that it sends. */
export async function runChild(file, args, options) {
  const child = fork(join(import.meta.dirname, file), args, options)
  let result
  child.once('message', (message) => {
    result = message
  })
  const [exitCode] = await once(child, 'exit')
  if (exitCode !== 0 || result === undefined) throw new Error(`${file} failed: ${args.join(' ')}`)
  return result
}
