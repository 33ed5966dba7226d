/** All commands, in the order in which the help lists them. */

import { asyncapiMerge } from './asyncapi-merge'
import { asyncapiScaffold } from './asyncapi-scaffold'
import { loadReport } from './load-report'
import { merge } from './merge'
import type { Command } from './run-command'

export const commands: readonly Command[] = [merge, loadReport, asyncapiScaffold, asyncapiMerge]
