/** What Markdown in features becomes, and what it cannot do. */

import { expect } from 'chai'
import { renderMarkdown } from './markdown'

describe('Markdown', () => {
  it('is dedented, as descriptions stand indented in features', () => {
    expect(renderMarkdown('  As a **buyer**\n  - one\n    - two', 1)).to.equal(
      '<p>As a <strong>buyer</strong></p>\n<ul>\n<li>one\n<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>\n',
    )
  })

  it('has its headings below the one it stands under', () => {
    expect(renderMarkdown('# One\n###### Six', 2)).to.equal('<h3>One</h3>\n<h6>Six</h6>\n')
  })

  for (const [what, text] of [
    ['markup', '<script>alert(1)</script> <img src=x onerror=alert(1)>'],
    ['a script as a link', '[x](javascript:alert(1)) [y](data:text/html,<script>1</script>) <javascript:alert(1)>'],
    ['a picture from elsewhere', '![x](https://example.org/x.png)'],
  ] as const) {
    it(`lets nothing through: ${what}`, () => {
      expect(renderMarkdown(text, 1)).not.to.match(/<(?!\/?(?:p|a)\b)|href="(?!https)/)
    })
  }
})
