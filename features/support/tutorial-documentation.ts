/** What the tutorial's server says of itself: an AsyncAPI document (https://www.asyncapi.com/docs/reference/specification/v3.0.0) and its page. */

const title = "The tutorial's WebSocket server"

const channels = {
  system: { address: '/ws/system' },
  room: { address: '/ws/room/{name}', parameters: { name: { description: 'What the room is called' } } },
  backgroundJobs: { address: '/ws/background_jobs' },
  topics: { address: '/ws/topics' },
  private: { address: '/ws/private' },
}

/** The document: where one can talk, and that the server listens and speaks there. */
export const asyncApi = {
  asyncapi: '3.0.0',
  info: { title, version: '1.0.0' },
  channels,
  operations: Object.fromEntries(
    Object.keys(channels).flatMap((name) => {
      const channel = { $ref: `#/channels/${name}` }
      return [
        [`${name}-hears`, { action: 'receive', channel }],
        [`${name}-says`, { action: 'send', channel }],
      ]
    }),
  ),
  components: {
    schemas: {
      Pong: { type: 'object', required: ['action'], properties: { action: { const: 'pong' } } },
      Text: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
      SystemEcho: {
        type: 'object',
        required: ['action', 'payload'],
        properties: { action: { const: 'system_echo' }, payload: { $ref: '#/components/schemas/Text' } },
      },
    },
  },
}

/** The document as a page to read. */
export const asyncApiPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${title}</title>
    <script src="https://unpkg.com/@asyncapi/react-component/browser/standalone/index.js"></script>
  </head>
  <body>
    <div id="asyncapi"></div>
    <script>
      AsyncApiStandalone.render({ schema: { url: '/asyncapi.json' } }, document.getElementById('asyncapi'))
    </script>
  </body>
</html>
`
