/** Debian's RabbitMQ with STOMP over WebSockets, which the manual starts as a program, with all that it has in a folder. */

const { spawn } = require('node:child_process')
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { createServer } = require('node:net')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

const SCRIPT = '/usr/lib/rabbitmq/bin/rabbitmq-server'

/** Three ports that are free. */
async function freePorts() {
  const servers = [1, 2, 3].map(() => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => new Promise((listening) => server.once('listening', listening))))
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return ports
}

async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'rabbitmq-'))
  const [amqp, distribution, names] = await freePorts()
  writeFileSync(join(folder, 'plugins'), '[rabbitmq_web_stomp].')
  writeFileSync(
    join(folder, 'rabbitmq.conf'),
    `
listeners.tcp.default = 127.0.0.1:${amqp}
stomp.listeners.tcp = none
web_stomp.tcp.ip = 127.0.0.1
web_stomp.tcp.port = ${process.env.PORT}
web_stomp.ws_frame = binary
log.console = true
log.console.level = error
log.file = false
`,
  )
  const env = {
    ...process.env,
    HOME: folder,
    ERL_EPMD_PORT: String(names),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `manual-${process.pid}@localhost`,
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: folder,
    RABBITMQ_LOG_BASE: folder,
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none'),
    // Otherwise its script would put a shell before it, which is all that a signal would reach.
    RABBITMQ_ALLOW_INPUT: 'yes',
  }
  // Erlang would start this daemon by itself, and leave it behind.
  const epmd = spawn('epmd', [], { env, stdio: 'ignore' })
  const broker = spawn(SCRIPT, { env, stdio: ['pipe', 'inherit', 'inherit'] })
  broker.on('exit', (code) => {
    epmd.kill()
    rmSync(folder, { recursive: true, force: true })
    process.exit(code ?? 0)
  })
  // It would take its time to save what nobody needs any more.
  process.on('SIGTERM', () => broker.kill('SIGKILL'))
}

void start()
