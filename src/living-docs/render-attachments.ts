/** Renders what steps have attached: pictures, texts, and files to download. */

import type { Attachment } from '@cucumber/messages'
import { html } from 'ghtml'
import { isConversationTitle } from '../report/attachment-title'
import { escapeInvisible } from '../text/lazy-visible'
import { parseUrl } from '../text/url'
import { escapeText } from './escape-text'

/** The conversations of a page: their SVG stands together at its end, compressed, and is drawn when it comes into view. */
export class Pictures {
  readonly all: string[] = []

  /** Adds a picture; returns its number. */
  add(svg: string): number {
    return this.all.push(svg) - 1
  }
}

/** Renders the attachments of a step; texts that go with a picture are closed. */
export function renderAttachments(attachments: readonly Attachment[], pictures: Pictures): string {
  const isOpen = !attachments.some(({ mediaType }) => mediaType.startsWith('image/'))
  return attachments.map((attachment) => renderAttachment(attachment, { isOpen, pictures })).join('')
}

interface RenderOptions {
  readonly isOpen: boolean
  readonly pictures: Pictures
}

function renderAttachment(attachment: Attachment, { isOpen, pictures }: RenderOptions): string {
  const { mediaType, fileName, url } = attachment
  const [kind = ''] = mediaType.split(';')
  if (url !== undefined) return html`<p>!${renderLink(url, fileName)}</p>`
  if (isConversation(attachment)) return renderConversation(decodeText(attachment), fileName as string, pictures)
  if (/^image\/(png|jpeg|gif|webp|avif|svg\+xml)$/.test(kind)) {
    const title = fileName ?? 'Picture'
    return html`<figure><figcaption>${title}</figcaption><img src="${dataUrl(attachment)}" alt="${title}"></figure>`
  }
  if (kind === 'text/uri-list') return renderLinks(decodeText(attachment))
  if (kind.startsWith('text/') || kind === 'application/json') return renderTextAttachment(attachment, { kind, isOpen })
  return html`<p><a download="${fileName ?? 'attachment'}" href="${dataUrl(attachment)}">${fileName ?? 'Attachment'}</a> (${kind})</p>`
}

/** Other pictures are shown as what they are: in an `img`, where a browser runs and loads nothing of an SVG. */
function isConversation(attachment: Attachment): boolean {
  const { mediaType, fileName = '' } = attachment
  return mediaType === 'image/svg+xml' && isConversationTitle(fileName) && decodeText(attachment).startsWith('<svg ')
}

function renderConversation(svg: string, title: string, pictures: Pictures): string {
  const [, width = '960'] = /<svg[^>]*\swidth="(\d+)/.exec(svg) ?? []
  const [, height = '300'] = /<svg[^>]*\sheight="(\d+)/.exec(svg) ?? []
  return html`<figure class="conversation"><figcaption>${title}</figcaption><div class="picture" tabindex="0" role="group" aria-label="${title}" data-picture="${pictures.add(svg)}"><svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true"></svg></div></figure>`
}

function renderTextAttachment(
  attachment: Attachment,
  { kind, isOpen }: { readonly kind: string; readonly isOpen: boolean },
): string {
  const title = attachment.fileName ?? (kind === 'text/x.cucumber.log+plain' ? 'Log' : kind)
  const open = isOpen ? ' open' : ''
  return html`<details class="text"!${open}><summary>${title}</summary><button type="button" class="copy">Copy</button><pre tabindex="0">!${escapeText(escapeInvisible(decodeText(attachment), '\r\n\t'))}</pre></details>`
}

function renderLinks(list: string): string {
  const urls = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'))
  return html`<ul>!${urls.map((url) => html`<li>!${renderLink(url)}</li>`)}</ul>`
}

/** A link, where the address does nothing but lead somewhere. */
function renderLink(url: string, title = url): string {
  // Read as a browser reads it, which leaves out blanks before and line breaks within; `C:` is a scheme, too.
  const isSafe = /^https?:$/.test(parseUrl(url, SOMEWHERE)?.protocol ?? '')
  return isSafe ? html`<a href="${url}">${title}</a>` : html`${title}`
}

/** What an address may be relative to. */
const SOMEWHERE = 'https://localhost/'

function decodeText({ body, contentEncoding }: Attachment): string {
  return contentEncoding === 'BASE64' ? Buffer.from(body, 'base64').toString() : body
}

function dataUrl({ body, contentEncoding, mediaType }: Attachment): string {
  const base64 = contentEncoding === 'BASE64' ? body : Buffer.from(body).toString('base64')
  return `data:${mediaType};base64,${base64}`
}
