/** The hooks BeforeAll and AfterAll, once for all users of a worker. */

import { UsageError } from '../errors'
import { call } from './call'
import { placeOf } from './compile-scenarios'
import type { CucumberProject, SupportCode } from './cucumber-project'
import { messageOf } from './virtual-user'

type Hook = SupportCode['beforeTestRunHookDefinitions'][number]

/** The hooks of a run. */
export class RunHooks {
  constructor(
    private readonly support: SupportCode,
    private readonly scopes: CucumberProject['scopes'],
    private readonly parameters: object,
  ) {}

  /** @throws UsageError that says which hook has failed */
  async beforeAll(): Promise<void> {
    for (const hook of this.support.beforeTestRunHookDefinitions) await this.run('BeforeAll', hook)
  }

  /** @throws UsageError that says which hook has failed */
  async afterAll(): Promise<void> {
    for (const hook of this.support.afterTestRunHookDefinitions.toReversed()) await this.run('AfterAll', hook)
  }

  private async run(name: string, hook: Hook): Promise<void> {
    const { code, options } = hook
    // Each hook has one of its own, as Cucumber has it.
    const context = { parameters: this.parameters }
    const timeout = options.timeout ?? this.support.defaultTimeout
    try {
      await this.scopes.runInTestRunScope({ context }, () => call({ code, timeout }, context, []))
    } catch (error) {
      throw new UsageError(`The hook ${name} has failed (${placeOf(hook)}): ${messageOf(error)}`)
    }
  }
}
