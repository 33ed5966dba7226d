/** Reads AsyncAPI documents, each once in a process. */

import { beginContract, type Contract, continueContract, readContract as readFromFiles } from '../asyncapi/contract'
import { isAddress } from '../documents/document-source'
import type { ContractSetting } from './contract-setting'

/** Those that have been read, by what decides how they are read. */
const known = new Map<string, Contract>()

/**
 * The contract of a document, if it can be read at once: from files, or since it has been read before.
 * @param read reads the text of a file
 * @throws UsageError for a document that is not as AsyncAPI has it
 */
export function readContract(setting: ContractSetting, read: (path: string) => string): Contract | undefined {
  const contract = known.get(keyOf(setting))
  if (contract || isAddress(setting.document)) return contract
  return keep(setting, readFromFiles(setting.document, read, optionsOf(setting)))
}

/** Begins to read a contract from an address. */
export function beginReadingContract(setting: ContractSetting) {
  return beginContract(setting.document, optionsOf(setting))
}

export { continueContract }

/** Keeps a contract that has been read. */
export function keep(setting: ContractSetting, contract: Contract): Contract {
  // Wrong schemas are told before a scenario needs them.
  contract.prepare()
  known.set(keyOf(setting), contract)
  return contract
}

function optionsOf({ view, draft }: ContractSetting) {
  return { ...(view && { view }), ...(draft !== undefined && { draft }) }
}

function keyOf({ document, view, draft }: ContractSetting): string {
  return JSON.stringify([process.cwd(), document, view, draft])
}
