/** The documentation of a run: its features, each with the results of its scenarios. */

import type {
  Background,
  Examples,
  Feature,
  ParseError,
  Rule,
  Scenario,
  Step,
  Tag,
  TestCaseStarted,
} from '@cucumber/messages'
import type { Lineage, Query } from '@cucumber/query'
import { createAnchors } from './anchors'
import {
  collectRuns,
  type RunsByScenario,
  type RunWithoutAnchor,
  resultMessage,
  type ScenarioRun,
} from './scenario-runs'

/** All features of a run. */
export interface Documentation {
  readonly features: readonly DocumentedFeature[]
  /** What went wrong outside of scenarios, each as Cucumber tells it. */
  readonly errors: readonly string[]
}

/** What has a name in a feature file. */
export interface Named {
  readonly keyword: string
  readonly name: string
  /** Markdown. */
  readonly description: string
  readonly tags: readonly string[]
}

export interface DocumentedFeature extends Named {
  readonly anchor: string
  readonly uri: string
  /** Of the words of Gherkin, such as `en` or `de`. */
  readonly language: string
  readonly parts: readonly (DocumentedBackground | DocumentedRule | DocumentedScenario)[]
}

export interface DocumentedRule extends Named {
  readonly is: 'rule'
  readonly parts: readonly (DocumentedBackground | DocumentedScenario)[]
}

export interface DocumentedBackground extends Omit<Named, 'tags'> {
  readonly is: 'background'
  readonly steps: readonly Step[]
}

export interface DocumentedScenario extends Named {
  readonly is: 'scenario'
  /** The last part of its address. */
  readonly anchor: string
  /** As they stand in the feature file. */
  readonly steps: readonly Step[]
  /** The tables of an outline. */
  readonly examples: readonly Examples[]
  /** One, or one for each row of an outline that was run. */
  readonly runs: readonly ScenarioRun[]
}

/**
 * Collects the documentation of a run.
 * @param attempts every attempt at a test case, in the order in which they began
 * @param parseErrors what is wrong with feature files
 */
export function collectDocumentation(
  query: Query,
  attempts: readonly TestCaseStarted[],
  parseErrors: readonly ParseError[] = [],
): Documentation {
  const runs = collectRuns(query, attempts)
  const features = new Map<Feature, string>()
  for (const pickle of query.findAllPickles()) {
    const { feature } = query.findLineageBy(pickle) as Lineage
    if (feature) features.set(feature, pickle.uri)
  }
  const anchorOf = createAnchors()
  const documented = [...features]
    .map(([feature, uri]) => documentedFeature(feature, uri, runs, anchorOf))
    .filter(({ parts }) => parts.some((part) => part.is !== 'background'))
  return { features: documented, errors: [...parseErrors.map(formatParseError), ...runErrors(query)] }
}

type AnchorOf = (...names: string[]) => string

function documentedFeature(feature: Feature, uri: string, runs: RunsByScenario, anchorOf: AnchorOf): DocumentedFeature {
  const path = uri.replace(/^features[\\/]/, '').replace(/\.feature(\.md)?$/, '')
  return {
    ...nameOf(feature),
    anchor: anchorOf(path),
    uri,
    language: feature.language,
    parts: feature.children.flatMap((child) => documentedParts(child, runs, (name) => anchorOf(path, name))),
  }
}

interface Child {
  readonly background?: Background
  readonly scenario?: Scenario
  readonly rule?: Rule
}

function documentedParts(
  { background, scenario, rule }: Child,
  runs: RunsByScenario,
  anchorOf: AnchorOf,
): (DocumentedBackground | DocumentedRule | DocumentedScenario)[] {
  if (background) return [{ is: 'background', ...nameOf({ ...background, tags: [] }), steps: background.steps }]
  if (scenario) return documentedScenario(scenario, runs.get(scenario.id) ?? [], anchorOf)
  const { children, ...header } = rule as Rule
  const parts = children.flatMap((child) => documentedParts(child, runs, anchorOf) as DocumentedScenario[])
  return parts.some(({ is }) => is === 'scenario') ? [{ is: 'rule', ...nameOf(header), parts }] : []
}

/** A scenario that was not run is left out; but it has its anchor, whatever is run. */
function documentedScenario(
  scenario: Scenario,
  runs: readonly RunWithoutAnchor[],
  anchorOf: AnchorOf,
): DocumentedScenario[] {
  const anchor = anchorOf(scenario.name)
  const rows = scenario.examples.flatMap(({ tableBody }) => tableBody)
  const anchorsOfRows = new Map(rows.map(({ id }, index) => [id, anchorOf(`${scenario.name} ${index + 1}`)]))
  if (runs.length === 0) return []
  const { steps, examples } = scenario
  const anchored = runs.map((run) => ({ ...run, anchor: anchorsOfRows.get(run.row ?? '') ?? anchor }))
  return [{ is: 'scenario', ...nameOf(scenario), anchor, steps, examples, runs: anchored }]
}

function nameOf({ keyword, name, description, tags }: Omit<Named, 'tags'> & { tags: readonly Tag[] }): Named {
  return { keyword, name, description, tags: tags.map((tag) => tag.name) }
}

function runErrors(query: Query): string[] {
  const hooks = query
    .findAllTestRunHookFinished()
    .flatMap(({ result }) => (result.status === 'FAILED' ? [resultMessage(result)] : []))
  // What several workers or shards have failed at alike is told once.
  return [...new Set([...hooks, resultMessage(query.findTestRunFinished())])].filter((message) => message !== '')
}

function formatParseError({ source, message }: ParseError): string {
  return `${source.uri} cannot be read: ${message}`
}
