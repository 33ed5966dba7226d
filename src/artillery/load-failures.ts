/** What the engine writes beside Artillery's own results, in the folder of its reports: for people, and for pages about a load test. */

/** One scenario that users run: a row of an outline is one of its own. */
export interface LoadScenario {
  /** As the feature names it. */
  readonly name: string
  /** Such as `features/chat/talking.feature:12`. */
  readonly location: string
  /** Its sentences, without keywords: each is the name of one of Artillery's histograms, in ms. */
  readonly sentences: readonly string[]
}

/** What was run: the file `load.json`. */
export interface LoadPlan {
  /** Artillery's id of the run. */
  readonly run: string
  /** In the order of the script, the features and their lines. */
  readonly scenarios: readonly LoadScenario[]
}

/** The first failure of a kind: the files `failures/<id>.json`, each with a picture and a text of the conversation beside it. */
export interface LoadFailure {
  /** Artillery's id of the run. */
  readonly run: string
  /**
   * The first line of the failure, with `${name}` for the values of the user's variables. Artillery counts those of a kind as
   * `errors.<kind>`.
   */
  readonly kind: string
  /** The failure in full. */
  readonly message: string
  /** The name of the scenario. */
  readonly scenario: string
  /** Where the sentence stands that failed, or after which something did: `features/chat/talking.feature:14`. */
  readonly location: string
  /** The sentence that failed, without its keyword; empty if a hook failed, or the end of the scenario. */
  readonly sentence: string
  /** The value of `${user}`. */
  readonly user: string
  /** When it failed, as `2026-01-31T12:00:00.000Z`. */
  readonly at: string
  /** How many entries the conversation lacks: a user keeps the latest alone, until others have failed as it did. */
  readonly leftOut: number
  /** The picture's file, beside this one: an SVG. Missing if nobody has connected or spoken. */
  readonly picture?: string
  /** The text's file, beside this one. Missing if nobody has connected or spoken. */
  readonly text?: string
}
