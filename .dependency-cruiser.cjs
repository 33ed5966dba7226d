/** Who may import whom, types counted: from the bottom up, each room with the rooms and files that it knows. */

const foundation = ['errors', 'redaction', 'evaluation-limit', 'lazy-function']
const basis = [...foundation, 'arguments', 'text', 'time', 'json']
const core = [
  ...basis,
  'matching',
  'messages',
  'secrets',
  'transcript',
  'inbox',
  'connection',
  'http',
  'failures',
  'client',
]

const rooms = {
  'lazy-function': [],
  redaction: [],
  'evaluation-limit': ['errors'],
  errors: ['redaction', 'text/lazy-visible'],
  arguments: [...foundation, 'text'],
  transcript: ['arguments'],
  text: foundation,
  time: foundation,
  json: [...foundation, 'text'],
  matching: [...foundation, 'arguments', 'text', 'json'],
  schemas: [...foundation, 'text', 'json', 'matching'],
  messages: [...foundation, 'arguments', 'text', 'json', 'matching', 'schemas'],
  secrets: [...foundation, 'text', 'json'],
  inbox: [...basis, 'matching', 'transcript'],
  connection: [...basis, 'messages'],
  http: [...basis, 'matching', 'messages', 'secrets', 'transcript', 'inbox'],
  failures: [...basis, 'matching', 'inbox', 'connection'],
  client: [...basis, 'matching', 'messages', 'secrets', 'transcript', 'inbox', 'connection', 'http', 'failures'],
  conversation: [...core, 'schemas'],
  settings: [...core, 'conversation'],
  programs: [...core, 'conversation'],
  transport: [...core, 'conversation', 'programs'],
  report: [...foundation, 'text', 'matching', 'messages', 'transcript', 'inbox', 'conversation'],
  suggestions: [...foundation, 'text'],
  'living-docs': [...foundation, 'text', 'time', 'report/attachment-title'],
  'websocket-conversation': [...foundation, 'conversation', 'settings', 'transport'],
  world: [...foundation, 'settings', 'websocket-conversation'],
  vocabulary: [...core, 'conversation', 'world'],
  register: [...core, 'conversation', 'report', 'suggestions', 'vocabulary', 'websocket-conversation', 'world'],
  index: [...core, 'conversation', 'settings', 'transport', 'websocket-conversation', 'world'],
}

const inRoom = (room) => `^src/${room}(/|[.]ts$)`

module.exports = {
  forbidden: [{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } }],
  allowed: [
    ...Object.entries(rooms).map(([room, known]) => ({
      from: { path: inRoom(room) },
      to: { path: [room, ...known].map(inRoom) },
    })),
    { from: {}, to: { pathNot: '^src/' } },
    // Features use the library as its users do.
    { from: { path: '^features/' }, to: { path: '^src/(register|index)[.]ts$' } },
  ],
  allowedSeverity: 'error',
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['[.]test[.]ts$', '^test/', '[.]js$'] },
  },
}
