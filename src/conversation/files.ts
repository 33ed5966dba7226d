/** The port to files: what a sentence names and the project holds. */

/** A message from the messages folder. */
export interface NamedMessage {
  readonly text: string
  readonly isJson: boolean
}

/** The project's files. */
export interface Files {
  /**
   * The bytes of a file.
   * @param place of the sentence that names it: a file may stand beside its feature
   * @throws Mistake for a file that is missing, or not in the project
   */
  read(path: string, place?: string): Buffer
  /** @throws Mistake for an unknown name, with the nearest one */
  message(name: string): NamedMessage
}
