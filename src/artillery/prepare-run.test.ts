import { join } from 'node:path'
import { expect } from 'chai'
import { failureMessage } from '../../test/support/failures'
import { LoadProject, scriptOf } from '../../test/support/load-project'
import type { Script } from './artillery'
import { prepareRun } from './prepare-run'

const feature = `
Feature: Talking
  Background:
    Given Ann is connected

  @load
  Scenario: Hello
    When Ann sends "Hello"

  Scenario Outline: Several words
    When Ann sends "<word>"

    @load
    Examples:
      | word |
      | One  |
      | Two  |

    Examples:
      | word  |
      | Three |
`

const programs = `
Feature: Programs
  Scenario: Chat
    Given the "chat" program is running
`

describe('prepareRun', () => {
  let project: LoadProject
  let warnings: string[]

  before(async () => {
    const support = `
      cucumber.Given('a picture', function () { this.attach('x', 'text/plain') })
      cucumber.Given('it is {word}', (word) => {})
      cucumber.Given('it is fine', () => {})
      cucumber.Given('nothing', (one, two) => {})
      cucumber.Before({ tags: '@wrong' }, (one, two, three) => {})
    `
    project = await LoadProject.create(
      {
        'talking.feature': feature,
        'programs.feature': programs,
        'picture.feature': 'Feature: P\n  Scenario: P\n    Given a picture\n    And a picture\n',
        'wrong.feature': `Feature: W\n  @wrong\n  Scenario: W\n    Given it is fine\n    And the moon is full\n    And nothing\n`,
        'broken.feature': 'Feature: B\n  Scenario: B\n    Given a\n    Szenario: C\n',
        'notes.feature.md': '# Feature: Notes\n\n## Scenario: A note\n\n* Given Ann is connected\n',
      },
      { support, profile: { worldParameters: { websocket: { timeout: '1s' }, place: 'here' } } },
    )
  })

  beforeEach(() => {
    warnings = []
  })

  after(() => project.remove())

  it('finds scenarios and rows by tags, with their backgrounds, in the order of the feature', async () => {
    const compiled = await scenariosOf(scriptOf({ features: 'features/talking.feature', tags: '@load' }))
    expect(compiled.map(({ name, location }) => [name, location])).to.deep.equal([
      ['Hello', 'features/talking.feature:7'],
      ['Several words', 'features/talking.feature:16'],
      ['Several words', 'features/talking.feature:17'],
    ])
    expect(compiled.map(({ steps }) => steps.map(({ text }) => text))).to.deep.equal([
      ['Ann is connected', 'Ann sends "Hello"'],
      ['Ann is connected', 'Ann sends "One"'],
      ['Ann is connected', 'Ann sends "Two"'],
    ])
  })

  it('finds scenarios in several places, and in Markdown', async () => {
    const features = ['features/talking.feature:7', 'features/notes.feature.md']
    const compiled = await scenariosOf(scriptOf({ features }))
    expect(compiled.map(({ name }) => name)).to.deep.equal(['Hello', 'A note'])
  })

  it('writes what is run', async () => {
    await scenariosOf(scriptOf({ features: 'features/talking.feature:7' }, { engines: { 'cucumber-websocket': {} } }))
    expect(JSON.parse(await project.read('reports/load/load.json'))).to.deep.equal({
      run: 'run-1',
      scenarios: [
        { name: 'Hello', location: 'features/talking.feature:7', sentences: ['Ann is connected', 'Ann sends "Hello"'] },
      ],
    })
  })

  it('leaves scenarios to other engines', async () => {
    const script = {
      config: { engine: 'cucumber-websocket' },
      scenarios: [{ engine: 'ws', flow: [{ send: 'Hello' }] }, { features: 'features/talking.feature' }],
      before: { flow: [], features: 'features/talking.feature:7', engine: 'cucumber-websocket' },
    }
    const { scenarios } = await prepare(script)
    expect([...scenarios.keys()]).to.deep.equal([script.scenarios[1], script.before])
  })

  for (const [what, script, words] of [
    [
      'an option that the engine does not have',
      scriptOf({ features: 'x' }, { engines: { 'cucumber-websocket': { profil: 'x' } } }),
      'There is no option "profil" of config.engines.cucumber-websocket. Did you mean profile?',
    ],
    [
      'an option that no scenario has',
      scriptOf({ name: 'talk', features: 'x', tag: '@load' }),
      'There is no option "tag" of scenarios[0]. Did you mean tags?',
    ],
    [
      'a flow',
      scriptOf({ features: 'x', flow: [{ think: 1 }] }),
      'scenarios[0] has a flow, which the engine cucumber-websocket does not run: what users do is said by features.',
    ],
    [
      'no features',
      scriptOf({ flow: [undefined] }),
      "scenarios[0] has no features. Write where they are: features: 'features/*.feature'",
    ],
    [
      'an unknown order',
      scriptOf({ features: ['x'], order: 'defined' }),
      'The option order of scenarios[0] should be sequence or random, not "defined".',
    ],
    [
      'a variable that cannot be written',
      scriptOf({ features: 'x' }, { payload: [{ fields: ['client'] }, { loadAll: true, name: 'all' }] }),
      '"client" cannot be the name of a variable: ${client} has a meaning of its own.',
    ],
    [
      'a variable that is set for each user',
      scriptOf({ features: 'x' }, { variables: { user: 'x' } }),
      'The script has a variable "user", but ${user} is the user: give it another name.',
    ],
    [
      'tags that nothing has',
      scriptOf({ features: 'features/talking.feature', tags: '@wip' }),
      'scenarios[0] finds none with the tags "@wip" in "features/talking.feature".',
    ],
    ['features that are not there', scriptOf({ features: 'x' }), 'scenarios[0] finds none in "x".'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      expect(await failureMessage(() => prepare(script))).to.equal(words)
    })
  }

  it('refuses what is not Gherkin', async () => {
    expect(await failureMessage(() => prepare(scriptOf({ features: 'features/broken.feature' })))).to.match(
      /^Features are not Gherkin:\nfeatures\/broken.feature: .*Szenario/,
    )
  })

  it('refuses sentences that cannot be run, all at once', async () => {
    const failure = await failureMessage(() => prepare(scriptOf({ features: 'features/wrong.feature' })))
    expect(failure.split('\n')).to.deep.equal([
      'Users cannot run these:',
      `support.js:${lineOf(5)}: the hook takes 3 arguments, instead of 0 to 2`,
      `features/wrong.feature:4: "it is fine" is ambiguous: it is {word} (support.js:${lineOf(2)}), it is fine (support.js:${lineOf(3)})`,
      'features/wrong.feature:5: "the moon is full" is undefined: no step definition matches it',
      `features/wrong.feature:6: "nothing" has 0 arguments, but its step definition takes 2 (support.js:${lineOf(4)})`,
    ])
  })

  it('refuses programs, of which each user would have its own', async () => {
    expect(await failureMessage(() => prepare(scriptOf({ features: 'features/programs.feature' })))).to.equal(
      'Users cannot start programs or run commands, as there would be one for each user. Start them before Artillery, or in a ' +
        'hook BeforeAll, and leave these scenarios out by tags:\n' +
        'features/programs.feature:4: "the "chat" program is running"',
    )
  })

  it('tells that nothing is attached', async () => {
    await prepare(scriptOf({ features: 'features/picture.feature' }))
    expect(warnings).to.deep.equal([`support.js:${lineOf(1)} attaches something: nothing is attached for users.`])
  })

  it('refuses settings that are wrong', async () => {
    const engine = { worldParameters: { websocket: { timeout: 'soon' } } }
    const script = scriptOf({ features: 'features/talking.feature' }, { engines: { 'cucumber-websocket': engine } })
    expect(await failureMessage(() => prepare(script))).to.match(/^"timeout" in worldParameters.websocket is wrong/)
  })

  it('reads the profiles and the file that the script names', async () => {
    await project.write('load.json', JSON.stringify({ load: { require: ['support.js'], tags: '@load' } }))
    const engines = { 'cucumber-websocket': { config: 'load.json', profile: 'load' } }
    const spec = { features: 'features/talking.feature', tags: 'not @slow' }
    expect((await scenariosOf(scriptOf(spec, { engines }))).map(({ name }) => name)).to.have.length(3)
  })

  it('lets a Cucumber that cannot be loaded say why', async () => {
    await project.write('broken/node_modules/@cucumber/cucumber/api.js', "throw new Error('Oh')")
    const surroundings = { folder: join(project.folder, 'broken'), run: 'run-1', warn: () => {} }
    expect(await failureMessage(() => prepareRun(scriptOf({ features: 'x' }), surroundings))).to.equal('Oh')
  })

  it('refuses a folder without Cucumber', async () => {
    const surroundings = { folder: '/', run: 'run-1', warn: () => {} }
    expect(await failureMessage(() => prepareRun(scriptOf({ features: 'x' }), surroundings))).to.equal(
      'Cucumber is not installed in /: npm install --save-dev @cucumber/cucumber',
    )
  })

  async function scenariosOf(script: Script) {
    const { scenarios } = await prepare(script)
    return [...scenarios.values()].flatMap(({ compiled }) => compiled)
  }

  function prepare(script: Script) {
    const warn = (text: string) => void warnings.push(text)
    return prepareRun(script, { folder: project.folder, run: 'run-1', warn })
  }
})

/** Where a line of the support code stands in its file. */
function lineOf(line: number): number {
  return line + 9
}
