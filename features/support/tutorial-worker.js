/** Works off the jobs that wait at the tutorial's server, and exits: `node tutorial-worker.js http://127.0.0.1:PORT`. */

const spanish = new Map([
  ['hello', 'hola'],
  ['good morning', 'buenos días'],
  ['thank you', 'gracias'],
])

work(process.argv[2]).catch((error) => {
  console.error(String(error.cause ?? error))
  process.exitCode = 1
})

async function work(server) {
  const jobs = await (await request('GET', new URL('/jobs', server))).json()
  for (const { id, content } of jobs) {
    await request('POST', new URL(`/jobs/${id}/result`, server), { message: translated(content) })
  }
  console.log(`Jobs done: ${jobs.length}`)
}

function translated(text) {
  const translation = spanish.get(text.toLowerCase())
  return translation === undefined ? `No translation for '${text}'` : `Translated: '${text}' → '${translation}'`
}

async function request(method, url, content) {
  const response = await fetch(url, { method, ...(content && { body: JSON.stringify(content) }) })
  if (!response.ok) throw new Error(`${method} ${url} was answered with status ${response.status}`)
  return response
}
