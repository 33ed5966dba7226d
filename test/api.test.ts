/** The public API: each export says what it is for, with an example. */

import { join } from 'node:path'
import { expect } from 'chai'
import ts from 'typescript'

const root = join(__dirname, '..')

describe('Public API', function () {
  this.timeout(60_000)

  for (const entry of ['src/index.ts', 'src/living-docs/index.ts', 'src/coverage/index.ts']) {
    it(`has an example for every export of ${entry}`, () => {
      const { options } = ts.parseJsonConfigFileContent(
        ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
        ts.sys,
        root,
      )
      const program = ts.createProgram([join(root, entry)], options)
      const checker = program.getTypeChecker()
      const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, entry)) as ts.SourceFile)
      const exported = checker.getExportsOfModule(module as ts.Symbol)
      expect(exported).not.to.be.empty
      expect(exported.filter((symbol) => !hasExample(symbol, checker)).map(({ name }) => name)).to.deep.equal([])
    })
  }
})

function hasExample(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
  const original = isAlias ? checker.getAliasedSymbol(symbol) : symbol
  return original.getJsDocTags(checker).some(({ name }) => name === 'example')
}
