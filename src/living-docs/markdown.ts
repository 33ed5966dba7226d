/** Descriptions, which people write in Markdown, as HTML that can do nothing but be read. */

import MarkdownIt from 'markdown-it'

// HTML stays text; links are checked by the library, which lets no script through.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false })

// Nothing is to be loaded when the page is opened.
markdown.disable('image')

/**
 * Turns Markdown into HTML; the common indentation of a description in a feature file is taken away before.
 * @param below the level of the heading above: headings in the text begin one deeper
 */
export function renderMarkdown(text: string, below: number): string {
  return markdown.render(dedent(text), { below })
}

for (const rule of ['heading_open', 'heading_close']) {
  markdown.renderer.rules[rule] = (tokens, index, options, env, self) => {
    const token = tokens[index] as (typeof tokens)[number]
    token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + Number(env?.below))}`
    return self.renderToken(tokens, index, options)
  }
}

function dedent(text: string): string {
  const lines = text.split('\n')
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  return lines.map((line) => line.slice(Math.min(...depths))).join('\n')
}
