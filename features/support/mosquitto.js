/** Debian's broker of MQTT, over WebSockets, which the manual starts as a program. */

const { spawn } = require('node:child_process')
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

const folder = mkdtempSync(join(tmpdir(), 'mosquitto-'))
const settings = join(folder, 'mosquitto.conf')
writeFileSync(
  settings,
  `
# With WebSockets alone, version 2.0.11 does not start.
listener 0 ${join(folder, 'mosquitto.sock')}
listener ${process.env.PORT} 127.0.0.1
protocol websockets
user root
allow_anonymous false
password_file features/support/mosquitto/passwords
acl_file features/support/mosquitto/access
`,
)

const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`
const broker = spawn('mosquitto', ['-c', settings], { env: { ...process.env, PATH }, stdio: 'inherit' })
broker.on('exit', (code) => {
  rmSync(folder, { recursive: true })
  process.exit(code ?? 0)
})
process.on('SIGTERM', () => broker.kill())
