/** Tells a text to all rooms of the tutorial's server: `node tutorial-announce.js http://127.0.0.1:PORT TEXT`. */

const [, , server, message] = process.argv

announce().catch((error) => {
  console.error(String(error.cause ?? error))
  process.exitCode = 1
})

async function announce() {
  const response = await fetch(new URL('/announce', server), { method: 'POST', body: JSON.stringify({ message }) })
  if (!response.ok) throw new Error(`The server answered with status ${response.status}`)
  console.log(`Announced: ${message}`)
}
