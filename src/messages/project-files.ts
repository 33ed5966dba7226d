/** The port to files: what a sentence names and the project has. */

/** A message from the messages folder. */
export interface NamedMessage {
  readonly text: string
  readonly isJson: boolean
}

/** The project's files. */
export interface ProjectFiles {
  /**
   * The bytes of a file.
   * @param location of the sentence that names it: a file may stand beside its feature
   * @throws UsageError for a file that is missing, or not in the project
   */
  read(path: string, location?: string): Buffer
  /** @throws UsageError for an unknown name, with the nearest one */
  message(name: string): NamedMessage
}
