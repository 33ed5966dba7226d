/** A browser whose DevTools listen, which the manual starts as a program. */

const { spawn } = require('node:child_process')
const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

const folder = mkdtempSync(join(tmpdir(), 'browser-'))
const options = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}`]
const browser = spawn('chromium', [...options, `--remote-debugging-port=${process.env.PORT}`], { stdio: 'ignore' })
browser.on('exit', (code) => {
  rmSync(folder, { recursive: true, maxRetries: 10 })
  process.exit(code ?? 0)
})
process.on('SIGTERM', () => browser.kill())
