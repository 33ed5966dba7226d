/** Words that are not names of clients: sentences call something else by them. */

/** Names that would be a slip, each with what to write instead. */
export const RESERVED_NAMES: ReadonlyMap<string, string> = new Map([
  ...['Nobody', 'Noone', 'None', 'Only', 'Both', 'All', 'Every', 'Each', 'When', 'Whenever', 'Nothing', 'Anything'].map(
    (word) => [word, `write ${word.toLowerCase()} where it is not one`] as const,
  ),
  ...['Anyone', 'Anybody', 'Somebody', 'Someone', 'Something', 'Everything', 'Client', 'User', 'Participant'].map(
    (word) => [word, 'write who it is, such as Ann'] as const,
  ),
  ...['Clients', 'Users', 'Participants', 'People'].map(
    (word) => [word, `write everyone, or how many: 3 ${word.toLowerCase()} are connected`] as const,
  ),
  ...['Others', 'Other'].map((word) => [word, 'write the others, or everyone else'] as const),
  ...['Server', 'Connection', 'Socket', 'Websocket', 'Response', 'Message', 'Program'].map(
    (word) => [word, `of the ${word.toLowerCase()} there are sentences of its own`] as const,
  ),
])

/** Words that mean other clients than those of a group. */
export const NO_GROUP = /^(?:he|she|it|they|them|both|others?|each|all|every(?:one|body)?|of|the)$/

/** Roles that are not clients, each with a sentence about it. */
export const RESERVED_ROLES: ReadonlyMap<string, string> = new Map([
  ['server', 'the server is at "…"'],
  ['handshake', 'Ann is refused'],
  ['socket', 'Ann is disconnected'],
  ['websocket', 'Ann is disconnected'],
  ['rest', 'everyone else receives "…"'],
  ['response', 'the response has:'],
  ['message', 'Ann receives a message with:'],
  ['program', 'the "…" program is running'],
  ['command', 'the "…" command runs'],
])
