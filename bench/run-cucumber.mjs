/** Runs Cucumber in a process of its own, twice: the first run warms up, the second is timed. */

import { timed } from './contestants.mjs'
import { prepare } from './cucumber-runs.mjs'

const run = await prepare(JSON.parse(process.argv[2]))
await run()
const took = await timed(run)
process.send(took, () => process.exit())
