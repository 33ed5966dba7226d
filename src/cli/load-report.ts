/** `load-report`: a page about a load test, from Artillery's results and the failures beside them. */

import { dirname, join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../errors'
import { figuresOf } from '../load-report/figures'
import { readLoadRun } from '../load-report/read-load-run'
import { PAGE_MARK, renderLoadPage } from '../load-report/render-load-page'
import type { Command } from './run-command'
import { requireReplaceable, writeWhole } from './write-file'

export const loadReport: Command = {
  words: 'load-report',
  operands: '<folder>',
  summary: "Makes a page about a load test, from the results of Artillery's and the failures that are in a folder.",
  options: {
    results: {
      value: '<file>',
      summary: "What `artillery run --output` has written. Default: the folder's report.json",
    },
    out: {
      value: '<file>',
      summary: "Where the page is written to, over an earlier one. Default: the folder's index.html",
    },
    title: { value: '<text>', summary: 'Of the page. Default: Load test' },
  },
  run({ operands: [folder, ...others], options }, { print }) {
    if (folder === undefined || others.length > 0)
      throw new UsageError('One folder is read at a time: cucumber-websocket load-report reports/load')
    const { results, out = join(folder, 'index.html'), title = 'Load test' } = options
    requireReplaceable(out, PAGE_MARK)
    const figures = figuresOf(readLoadRun(folder, results))
    const from = relative(dirname(resolve(out)), resolve(folder)).replaceAll(sep, '/')
    writeWhole(out, renderLoadPage(figures, { title, folder: from }))
    const { started, passed, failed } = figures.users
    print(`${out}: ${started} users, ${passed} passed, ${failed} failed.`)
    return 0
  },
}
