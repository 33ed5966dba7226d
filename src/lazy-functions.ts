/** Functions whose modules are loaded when they are first called: Cucumber starts sooner. */

/**
 * The functions of a module, by name.
 * @param load requires the module
 */
export function lazyFunctions<Module extends object>(load: () => Module): Module {
  return new Proxy({} as Module, { get: (_, name) => lazyFunction(() => load()[name as keyof Module] as AnyFunction) })
}

type AnyFunction = (...options: unknown[]) => unknown

function lazyFunction(load: () => AnyFunction): AnyFunction {
  let loaded: AnyFunction | undefined
  return (...options) => {
    loaded ??= load()
    return loaded(...options)
  }
}
