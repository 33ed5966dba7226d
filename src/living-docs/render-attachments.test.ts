/** What is shown of attachments of every kind, with a name and without. */

import { type Attachment, AttachmentContentEncoding } from '@cucumber/messages'
import { expect } from 'chai'
import { Pictures, renderAttachments } from './render-attachments'

const attachment = (mediaType: string, body: string, more: Partial<Attachment> = {}): Attachment => ({
  ...{ mediaType, body, contentEncoding: AttachmentContentEncoding.IDENTITY },
  ...more,
})
const shown = (...attachments: Attachment[]) => renderAttachments(attachments, new Pictures())

describe('renderAttachments', () => {
  it('renders an external attachment as a link, if its address is safe', () => {
    expect(shown(attachment('image/png', '', { url: 'order.png', fileName: 'The order' }))).to.equal(
      '<p><a href="order.png">The order</a></p>',
    )
    expect(shown(attachment('image/png', '', { url: 'javascript:alert(1)' }))).to.equal('<p>javascript:alert(1)</p>')
  })

  for (const address of [
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001JavaScript:x',
    'data:text/html,x',
    'C:x',
    'https://[',
  ]) {
    it(`renders no link that leads elsewhere than to a page: ${JSON.stringify(address)}`, () => {
      expect(shown(attachment('text/uri-list', address)))
        .to.contain('<li>')
        .and.not.contain('<a')
    })
  }

  it('makes visible what cannot be seen', () => {
    expect(shown(attachment('text/plain', 'a\u001b[31m\u202eb\r\n\tc'))).to.contain('a\\u001b[31m\\u202eb\r\n\tc')
  })

  it('renders an attachment without a name', () => {
    expect(shown(attachment('image/svg+xml', '<svg/>'))).to.equal(
      '<figure><figcaption>Picture</figcaption><img src="data:image/svg+xml;base64,PHN2Zy8+" alt="Picture"></figure>',
    )
    expect(shown(attachment('application/zip', 'PK'))).to.equal(
      '<p><a download="attachment" href="data:application/zip;base64,UEs&#61;">Attachment</a> (application/zip)</p>',
    )
  })

  it('opens a text, unless a picture shows the same', () => {
    const text = attachment('text/plain', 'Hello')
    expect(shown(text)).to.contain('<details class="text" open><summary>text/plain</summary>')
    expect(shown(attachment('image/png', ''), text)).to.contain('<details class="text"><summary>text/plain</summary>')
  })

  it('gives a conversation a size, whatever it declares', () => {
    const pictures = new Pictures()
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
    const html = renderAttachments([attachment('image/svg+xml', svg, { fileName: 'Conversation: none' })], pictures)
    expect(html).to.contain('<svg width="960" height="300" viewBox="0 0 960 300"')
    expect(pictures.all).to.deep.equal([svg])
  })
})
