/** How a worker passes on what a scenario has seen of a document: as an attachment, which reaches the formatters of any run. */

import type { ContractModel, ObservedContract } from '../asyncapi/contract-model'

/** Of the attachments that the coverage is made of. */
const MEDIA_TYPE = 'application/vnd.cucumber-websocket.asyncapi+json'

/** As reports show it that do not know the media type. */
const FILE_NAME = 'asyncapi-coverage.json'

/** Of what an attachment holds: another one is left alone. */
export const ATTACHMENT_VERSION = 1

/** A World that can attach; one that cannot has no coverage. */
export interface CoveredWorld {
  readonly attach?: (data: string, options: { mediaType: string; fileName: string }) => void
}

/** The documents that this process has attached in this run, by their names and hashes. */
const attached = new Set<string>()

/** Begins a run, of which a process may have several: documents are attached again. */
export function beginRun(): void {
  attached.clear()
}

/**
 * Attaches what a scenario has seen of a document, and with the first of a process what the document promises. Nothing is
 * attached if the scenario has seen nothing, unless the document is new: it may be that nobody sees anything of it.
 */
export function attachCoverage(world: CoveredWorld, observed: ObservedContract, model: () => ContractModel): void {
  const key = `${observed.hash} ${observed.document}`
  const isNew = !attached.has(key)
  if (!world.attach || (observed.observations.length === 0 && !isNew)) return
  attached.add(key)
  const content = { version: ATTACHMENT_VERSION, ...(isNew ? { model: model() } : {}), observed }
  world.attach(JSON.stringify(content), { mediaType: MEDIA_TYPE, fileName: FILE_NAME })
}

/** Whether an attachment is one of these: a page shows them all together rather than each where it was made. */
export function isCoverage({ mediaType }: { readonly mediaType: string }): boolean {
  return mediaType === MEDIA_TYPE
}
