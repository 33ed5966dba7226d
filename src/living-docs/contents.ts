/** The contents: features in the folders of their files. */

import type { DocumentedFeature } from './documentation'

/** A folder; the one at the top has no name. */
export interface Folder {
  readonly name: string
  readonly folders: Folder[]
  readonly features: DocumentedFeature[]
}

/** Puts features into their folders; a folder that holds nothing but another one is left out. */
export function groupByFolder(features: readonly DocumentedFeature[]): Folder {
  const top = emptyFolder('')
  for (const feature of features) {
    let place = top
    for (const name of feature.uri.split(/[\\/]/).slice(0, -1)) {
      const next = place.folders.find((one) => one.name === name) ?? emptyFolder(name)
      if (!place.folders.includes(next)) place.folders.push(next)
      place = next
    }
    place.features.push(feature)
  }
  let root = top
  while (root.features.length === 0 && root.folders.length === 1) root = root.folders[0] as Folder
  return { ...root, name: '' }
}

/** The features in the order of the contents. */
export function featuresIn({ features, folders }: Folder): DocumentedFeature[] {
  return [...features, ...folders.flatMap(featuresIn)]
}

function emptyFolder(name: string): Folder {
  return { name, folders: [], features: [] }
}
