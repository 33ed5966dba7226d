/** Reads AsyncAPI documents, each once in a run. */

import { beginContract, type Contract, continueContract, readContract as readFromFiles } from '../asyncapi/contract'
import { isAddress, type TextSource } from '../documents/document-source'
import { type RecordedReading, recordReading } from '../documents/recorded-reading'
import type { ContractSetting } from './contract-setting'

/**
 * Reads what is at addresses.
 * @param proceed yields one address after the other, and is given the text that is there
 */
export type ReadDocuments = <T>(
  location: string,
  proceed: (...source: [] | [TextSource]) => IteratorResult<string, T>,
) => Promise<T>

/** So many from addresses are kept: servers on a free port have another one in each scenario. */
const MAX_KEPT = 20

/** A contract that has been read. */
interface Known {
  readonly contract: Contract
  /** Of its files; undefined if it was read from an address. */
  readonly reading: RecordedReading | undefined
  /** Whether this run has read it, or knows that its files are unchanged. */
  isCurrent: boolean
}

/** By what decides how they are read. */
const known = new Map<string, Known>()

/** Has all documents read anew that may have changed: another run begins. */
export function forgetContracts(): void {
  for (const [key, each] of known) {
    if (each.reading) each.isCurrent = false
    else known.delete(key)
  }
}

/** Where documents are that are files. */
interface Files {
  /** The folder in which they may lie, beside the project. */
  readonly folder: string
  read(path: string): string
}

/**
 * The contract of a document, if it can be read at once: from files, or since it has been read before.
 * @throws UsageError for a document that is not as AsyncAPI has it
 */
export function readContract(setting: ContractSetting, { folder, read }: Files): Contract | undefined {
  const { document } = setting
  const isFile = !isAddress(document)
  const key = keyOf(setting, isFile ? folder : '')
  const kept = known.get(key)
  if (kept?.reading) kept.isCurrent ||= kept.reading.isUnchanged(read)
  if (kept?.isCurrent || !isFile) return kept?.contract
  const reading = recordReading(read)
  return keep(key, readFromFiles(document, reading.read, optionsOf(setting)), reading)
}

/**
 * The contract of a document at an address.
 * @throws UsageError as `readContract` does, and if it cannot be read
 */
export async function readContractAtAddress(setting: ContractSetting, read: ReadDocuments): Promise<Contract> {
  const { document } = setting
  const reading = beginContract(document, optionsOf(setting))
  return keep(keyOf(setting), await read(document, (...source) => continueContract(reading, document, ...source)))
}

function keep(key: string, contract: Contract, reading?: RecordedReading): Contract {
  // What is wrong with its schemas is told before a message needs them.
  contract.prepare()
  void contract.model
  known.set(key, { contract, reading, isCurrent: true })
  const [oldest = '', ...others] = [...known].flatMap(([one, { reading }]) => (reading ? [] : [one]))
  if (others.length >= MAX_KEPT) known.delete(oldest)
  return contract
}

function optionsOf({ view, draft }: ContractSetting) {
  return { ...(view && { view }), ...(draft !== undefined && { draft }) }
}

function keyOf({ document, view, draft }: ContractSetting, folder = ''): string {
  return JSON.stringify([process.cwd(), folder, document, view, draft])
}
