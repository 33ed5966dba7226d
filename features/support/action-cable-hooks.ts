/** Skips what needs Action Cable where Ruby does not have it: `apt-get install ruby-actioncable puma`. In CI it must be there. */

import { spawnSync } from 'node:child_process'
import { AfterAll, Before } from '@cucumber/cucumber'

const HINT = 'Skipped: Ruby does not have Action Cable. Install it: apt-get install ruby-actioncable puma'

let isInstalled: boolean | undefined

Before({ tags: '@action-cable' }, function () {
  isInstalled ??= process.env.CI === 'true' || hasActionCable()
  if (isInstalled) return undefined
  this.attach(HINT, { mediaType: 'text/plain', fileName: 'Skipped' })
  return 'skipped'
})

AfterAll(() => {
  if (isInstalled === false) console.warn(HINT)
})

function hasActionCable(): boolean {
  return spawnSync('ruby', ['-e', 'gem "actioncable"; gem "puma"']).status === 0
}
