/** The library that parses JSONPaths. */

/** Loaded when it is needed: few runs need it. */
export function loadJsonP3(): typeof import('json-p3') {
  return require('json-p3')
}
