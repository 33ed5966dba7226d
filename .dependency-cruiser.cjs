/** Who may import whom, types counted: from the bottom up, each room with the rooms and files that it knows. */

const foundation = ['errors', 'redaction', 'evaluation-limit', 'lazy-functions']
const basis = [...foundation, 'arguments', 'guarded-call', 'message-details', 'text', 'time', 'json']
const core = [
  ...basis,
  'matching',
  'messages',
  'secrets',
  'transcript',
  'inbox',
  'expectations',
  'connection',
  'http',
  'failures',
  'client-state',
  'client',
]

const rooms = {
  'lazy-functions': [],
  redaction: [],
  'evaluation-limit': ['errors'],
  errors: ['redaction', 'text/lazy-visible'],
  arguments: [...foundation, 'text'],
  'guarded-call': [...foundation, 'arguments', 'text'],
  'message-details': ['text'],
  transcript: ['arguments', 'message-details'],
  text: foundation,
  time: foundation,
  json: [...foundation, 'text'],
  matching: [...foundation, 'arguments', 'guarded-call', 'text', 'json'],
  schemas: [...foundation, 'text', 'json', 'matching'],
  messages: [...foundation, 'arguments', 'text', 'json', 'matching', 'schemas'],
  secrets: [...foundation, 'text', 'json'],
  inbox: [...basis, 'matching', 'transcript'],
  expectations: [...basis, 'matching', 'inbox'],
  connection: [...basis, 'messages'],
  http: [...basis, 'matching', 'messages', 'secrets', 'transcript', 'inbox', 'expectations'],
  failures: [...basis, 'matching', 'inbox', 'connection'],
  'client-state': [
    ...basis,
    'matching',
    'messages',
    'secrets',
    'transcript',
    'inbox',
    'expectations',
    'connection',
    'http',
    'failures',
  ],
  client: [...core],
  processes: [...core],
  conversation: [...core, 'schemas', 'processes'],
  settings: [...core, 'processes', 'conversation'],
  'command-values': [...foundation, 'processes'],
  programs: [...core, 'processes', 'conversation', 'command-values'],
  protocols: [...foundation, 'arguments', 'guarded-call', 'message-details', 'text', 'time', 'json', 'connection'],
  transport: [...core, 'processes', 'conversation', 'programs', 'protocols'],
  report: [...foundation, 'message-details', 'text', 'matching', 'messages', 'transcript', 'inbox', 'conversation'],
  rephrasings: [],
  suggestions: [...foundation, 'text', 'rephrasings'],
  'living-docs': [...foundation, 'text', 'time', 'report/attachment-title'],
  'websocket-conversation': [...foundation, 'conversation', 'settings', 'transport'],
  translation: [...foundation, 'arguments', 'text'],
  world: [...foundation, 'settings', 'websocket-conversation'],
  steps: [...core, 'conversation', 'world', 'translation'],
  vocabulary: [...core, 'conversation', 'world', 'steps'],
  'define-sentences': ['suggestions/expressions', 'vocabulary'],
  register: [
    ...core,
    ...['conversation', 'report', 'suggestions', 'steps', 'define-sentences', 'websocket-conversation', 'world'],
  ],
  index: [
    ...core,
    'message-details',
    'processes',
    'protocols',
    'conversation',
    'settings',
    'transport',
    'translation',
    'websocket-conversation',
    'world',
  ],
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
