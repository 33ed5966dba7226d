/** The drafts of JSON Schema that are read. */

export const DRAFTS = ['2020-12', '2019-09', 'draft-07', 'draft-06']

/** The draft that a text names: `http://json-schema.org/draft-07/schema#` is draft-07. */
export function draftNamedIn(text: string): string | undefined {
  return DRAFTS.find((name) => text.includes(name))
}
