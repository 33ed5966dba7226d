#!/usr/bin/env node
/** The command `cucumber-websocket`, as in `npx cucumber-websocket --help`. */

import { commands } from './cli/commands'
import { runCommand } from './cli/run-command'

async function main(): Promise<void> {
  process.exitCode = await runCommand(process.argv.slice(2), commands, { print: console.log, complain: console.error })
}

void main()
