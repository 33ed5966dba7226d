/** Functions whose modules are loaded when they are first called: Cucumber starts sooner. */

/** @param load requires the module, which Node keeps */
export function lazyFunction<Parameters extends unknown[], Result>(
  load: () => (...options: Parameters) => Result,
): (...options: Parameters) => Result {
  return (...options) => load()(...options)
}
