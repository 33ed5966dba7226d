/** A page: one HTML file that needs nothing else, and lets nothing else in. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { html } from 'ghtml'

/** What a page is made of. */
export interface HtmlPage {
  readonly title: string
  /** What has made it, as its head tells. */
  readonly generator: string
  /** What its style has beside that of all pages. */
  readonly style: string
  /** HTML. */
  readonly body: string
  readonly script: string
}

/** Writes a page, in which this script alone runs. */
export function writeHtmlPage({ title, generator, style, body, script }: HtmlPage): string {
  return replaceInvalidCharacters(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '${scriptHash(script)}'">
!${generatorMark(generator)}
<title>${title}</title>
<style>!${readAsset('page', 'base.css')}!${style}</style>
</head>
<body>
!${body}
<script>!${script}</script>
</body>
</html>
`)
}

/** A file of a page: they stand in `src`, which the package has beside `dist`. */
export function readAsset(room: string, name: string): string {
  return readFileSync(join(__dirname, '../../src', room, 'assets', name), 'utf8')
}

/** What all pages of a generator have in their first lines, and no other. */
export function generatorMark(generator: string): string {
  return html`<meta name="generator" content="${generator}">`
}

/** What a script of the page reads, in little room: much of it is alike. */
export function compressData(data: unknown): string {
  return gzipSync(JSON.stringify(data)).toString('base64')
}

/** A file of a library as it stands in a page, which has no source maps. */
export function withoutSourceMap(script: string): string {
  return script.replace(/\n\/\/# sourceMappingURL=.*/, '')
}

function scriptHash(script: string): string {
  return `sha256-${createHash('sha256').update(script).digest('base64')}`
}

/** What HTML does not allow is replaced. */
function replaceInvalidCharacters(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what HTML does not allow
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '\ufffd')
}
