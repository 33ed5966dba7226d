/** A project whose scenarios say what they have seen of a document. */

const { REPORTS, MINIMUM } = process.env

module.exports = {
  default: {
    requireModule: ['ts-node/register'],
    require: ['features/support/*.ts'],
    format: [
      ['./formatter.js', `${REPORTS}/coverage.json`],
      ['../../features/support/living-docs.js', `${REPORTS}/page.html`],
    ],
    formatOptions: { asyncapiCoverage: { minimum: MINIMUM && Number(MINIMUM) } },
    retry: 1,
  },
}
