/** Scenarios that need a command which is not there are skipped: `@needs-mosquitto` needs `mosquitto`. */

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Before, type ITestCaseHookParameter } from '@cucumber/cucumber'

const TAG = '@needs-'

/** Commands of the system are in folders that not every user's path has. */
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']

Before({ name: 'What the scenario needs is there' }, function ({ pickle }: ITestCaseHookParameter) {
  const commands = pickle.tags.flatMap(({ name }) => (name.startsWith(TAG) ? [name.slice(TAG.length)] : []))
  const missing = commands.filter((command) => !folders.some((folder) => existsSync(join(folder, command))))
  if (missing.length === 0) return undefined
  this.log(`Skipped: there is no ${missing.join(' and no ')} on this machine.`)
  return 'skipped'
})
