/** Functions that support code may have: what becomes of each, Cucumber decides. */

/** Those that never end. */
const ENDLESS = ['() => new Promise(() => {})', '(ABOUT callback) => {}']

/**
 * Their texts, for sentences without arguments: `ABOUT` stands for the parameters before a callback, and `COUNT` for how many
 * those are.
 */
export const CALLABLES: readonly string[] = [
  ...ENDLESS,
  '() => {}',
  "() => 'skipped'",
  "() => 'pending'",
  "() => 'SKIPPED'",
  "() => 'failed'",
  '() => false',
  "async () => 'skipped'",
  "async () => 'pending'",
  'async () => 1',
  "() => { throw new Error('Oh') }",
  '() => { throw new Error() }',
  "() => { throw new TypeError('Oh\\nNo') }",
  "() => { throw new Error('Oh', { cause: new Error('No') }) }",
  "() => { throw Object.freeze(new Error('Oh')) }",
  "() => { throw require('node:vm').runInNewContext('new Error(\"Oh\")') }",
  "() => { require('node:assert').strictEqual(1, 2) }",
  "() => { throw 'a text' }",
  "() => { throw '100 %s' }",
  "() => { throw '' }",
  '() => { throw 0 }',
  '() => { throw null }',
  '() => { throw undefined }',
  "() => { throw Symbol('Oh') }",
  "() => { throw { message: 'Oh' } }",
  '() => { throw Object.create(null) }',
  '() => Promise.reject()',
  '() => Promise.reject(null)',
  '() => Promise.reject(false)',
  "() => Promise.reject('')",
  "() => Promise.reject('a text')",
  "() => Promise.reject({ message: 'Oh' })",
  "async () => { throw new Error('Oh') }",
  "() => Promise.any([Promise.reject(new Error('Oh'))])",
  "() => ({ then: (resolve) => resolve('skipped') })",
  "() => ({ then: (resolve, reject) => reject(new Error('Oh')) })",
  "() => ({ then: () => { throw new Error('Oh') } })",
  "() => Object.assign(() => {}, { then: (resolve, reject) => reject('Oh') })",
  '() => ({ then: 3 })',
  "function* () { throw new Error('Oh') }",
  '(ABOUT callback) => callback()',
  '(ABOUT callback) => { callback() }',
  "(ABOUT callback) => { callback(null, 'skipped') }",
  "(ABOUT callback) => { callback(undefined, 'pending') }",
  "(ABOUT callback) => { callback('') }",
  '(ABOUT callback) => { callback(0) }',
  '(ABOUT callback) => { callback(false) }',
  "(ABOUT callback) => { callback('a text') }",
  "(ABOUT callback) => { callback(new Error('Oh')) }",
  "(ABOUT callback) => { callback(); callback(new Error('Oh')) }",
  "(ABOUT callback) => { callback(); throw new Error('Oh') }",
  "(ABOUT callback) => { throw new Error('Oh') }",
  "(ABOUT callback) => { setImmediate(callback, new Error('Oh')) }",
  "(ABOUT callback) => { callback(null, { then: (resolve, reject) => reject(new Error('Oh')) }) }",
  'async (ABOUT callback) => callback()',
  'async (ABOUT callback) => {}',
  '(ABOUT callback) => ({ then: (resolve) => resolve() })',
  "(ABOUT callback = 1) => { if (typeof callback !== 'function') throw new Error('Oh') }",
  'function () { if (arguments.length !== COUNT + 1) throw new Error(String(arguments.length)) }',
  "(...all) => { if (typeof all[COUNT] !== 'function') throw new Error('Oh') }",
  '(...all) => { all[COUNT]() }',
]

/** How long one is given, in ms. */
export function timeoutOf(callable: string): number {
  return ENDLESS.includes(callable) ? 1 : 60_000
}

/** The function's text, with so many parameters before a callback. */
export function sourceOf(callable: string, count: 0 | 1): string {
  return callable.replace('ABOUT', count === 0 ? '' : 'about, ').replaceAll('COUNT', String(count))
}
