/** JSON of a known shape, which valibot checks. */

import * as v from 'valibot'

/** The JSON of a text; undefined where it is of another shape, or no JSON at all. */
export function parseAs<Shape extends v.GenericSchema>(shape: Shape, text: string): v.InferOutput<Shape> | undefined {
  try {
    const { success, output } = v.safeParse(shape, JSON.parse(text))
    return success ? output : undefined
  } catch {
    return undefined
  }
}
