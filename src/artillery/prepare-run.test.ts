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
      'an option without effect',
      scriptOf({ features: 'x', think: 3 }),
      'There is no option "think" of scenarios[0]. Write features or tags or order or name or engine or weight or flow.',
    ],
    ...[-1, 0, 0.5, Number.NaN, 'often', '0', '2.5', null].map(
      (weight) =>
        [
          `the weight ${weight}`,
          scriptOf({ features: 'x', weight }),
          `The option weight of scenarios[0] should be a whole number from 1, not ${typeof weight === 'string' ? `"${weight}"` : weight}.`,
        ] as const,
    ),
    ...['uuid', 'now', 'timestamp', 'env.HOME'].map(
      (name) =>
        [
          `the variable ${name}`,
          scriptOf({ features: 'x' }, { payload: { fields: [name] } }),
          `The script has a variable "${name}", but \${${name}} has a meaning of its own: give it another name.`,
        ] as const,
    ),
    [
      'an address that is none',
      scriptOf({ features: 'features/talking.feature' }, { target: 'ws://[::' }),
      '"ws://[::" is not a valid address of a WebSocket server. Write it like ws://localhost:8080/chat or wss://example.org, without a # in it.',
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

  it('warns of functions that it does not call, unless a plugin has added them', async () => {
    const functions = { beforeScenario: 'login', onError: ['metricsByEndpoint_onError', 'tell'], afterScenario: [] }
    await prepare(scriptOf({ features: 'features/talking.feature:7', ...functions }))
    expect(warnings).to.deep.equal([
      "scenarios[0] has beforeScenario: login, which the engine cucumber-websocket does not call. Write a hook of Cucumber's.",
      "scenarios[0] has onError: tell, which the engine cucumber-websocket does not call. Write a hook of Cucumber's.",
    ])
  })

  it('takes weights that are whole numbers, or variables', async () => {
    for (const weight of [1, 20, '3', '{{ weight }}']) {
      expect(await scenariosOf(scriptOf({ features: 'features/talking.feature:7', weight }))).to.have.length(1)
    }
  })

  it('warns of variables in the address that its own code alone can set', async () => {
    await prepare(scriptOf({ features: 'features/talking.feature' }, { target: 'ws://localhost/${room}' }))
    expect(warnings).to.have.length(1)
    expect(warnings[0]).to.match(/^The address "ws:\/\/localhost\/\$\{room\}" has \$\{room\}, which neither/)
  })

  it('refuses variables in the address that nothing can set', async () => {
    const own = await LoadProject.create({ 'talking.feature': feature })
    const script = scriptOf({ features: 'features/talking.feature' }, { target: 'ws://localhost/${room}' })
    // The file that loads the vocabulary has no code of its own.
    const surroundings = { folder: own.folder, run: 'run-1', warn: () => {} }
    expect(await failureMessage(() => prepareRun(script, surroundings))).to.match(
      /^The address .* has \$\{room\}, which/,
    )
    await own.write(
      'support.js',
      `require('@cucumber/cucumber').setWorldConstructor(class {})\n${await own.read('support.js')}`,
    )
    expect((await prepareRun(script, surroundings)).scenarios.size).to.equal(1)
    await own.remove()
  })

  it('does without an address', async () => {
    const engine = { worldParameters: { websocket: { timeout: '1s' } } }
    const { config, ...script } = scriptOf({ features: 'features/talking.feature:7' })
    const { target: _, ...others } = { ...config, engines: { 'cucumber-websocket': engine } }
    expect(await scenariosOf({ ...script, config: others })).to.have.length(1)
  })

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
