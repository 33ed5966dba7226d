/** A Cucumber plugin that says, when a run is over, where its report is. */
module.exports = {
  type: 'plugin',
  coordinator({ operation, options, logger }) {
    if (operation !== 'runCucumber') return
    return () => logger.info(`Report: ${options.report}`)
  },
}
