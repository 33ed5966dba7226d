module.exports = {
  default: {
    requireModule: ['ts-node/register'],
    require: ['features/support/*.ts'],
    retry: 1,
    retryTagFilter: '@flaky',
    format: ['../../features/support/living-docs.js:page.html', 'message:messages.ndjson', 'html:cucumber.html'].map(
      (format) => format.replace(/:(?=\w+\.)/, `:${process.env.REPORTS}/`),
    ),
    formatOptions: {
      livingDocs: {
        title: 'Orders & <b>more</b>',
        introduction: [
          '# What this is',
          'It *shows* [a link](https://example.org), [no link](javascript:alert(1)), <script>alert(2)</script>',
          'and ![no picture](https://example.org/picture.png).',
        ].join('\n\n'),
      },
    },
    worldParameters: {
      websocket: {
        redact: ['$.token'],
        timeout: '300ms',
        quiet: '20ms',
        phrases: { sent: { message: '${phrase}' }, received: { message: '${phrase}' } },
        report: { mermaid: 'always' },
      },
    },
  },
}
