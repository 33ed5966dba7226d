/** What steps have attached: pictures, texts, and files to keep. */

import type { Attachment } from '@cucumber/messages'
import { html } from 'ghtml'
import { letters } from './letters'

/** The SVG pictures of a page: they stand together at its end, compressed, and are drawn when they come into view. */
export class Pictures {
  readonly all: string[] = []

  /** Takes a picture in. */
  add(svg: string): number {
    return this.all.push(svg) - 1
  }
}

/** Shows what a step has attached; texts that go with a picture are closed. */
export function attached(attachments: readonly Attachment[], pictures: Pictures): string {
  const isOpen = !attachments.some(({ mediaType }) => mediaType.startsWith('image/'))
  return attachments.map((attachment) => one(attachment, isOpen, pictures)).join('')
}

function one(attachment: Attachment, isOpen: boolean, pictures: Pictures): string {
  const { mediaType, fileName, url } = attachment
  const [kind = ''] = mediaType.split(';')
  if (url !== undefined) return html`<p><a href="${safe(url)}">${fileName ?? url}</a></p>`
  if (kind === 'image/svg+xml') return picture(textOf(attachment), fileName ?? 'Picture', pictures)
  if (/^image\/(png|jpeg|gif|webp|avif)$/.test(kind)) {
    const title = fileName ?? 'Picture'
    return html`<figure><figcaption>${title}</figcaption><img src="${dataOf(attachment)}" alt="${title}"></figure>`
  }
  if (kind === 'text/uri-list') return links(textOf(attachment))
  if (kind.startsWith('text/') || kind === 'application/json') return text(attachment, kind, isOpen)
  return html`<p><a download="${fileName ?? 'attachment'}" href="${dataOf(attachment)}">${fileName ?? 'Attachment'}</a> (${kind})</p>`
}

function picture(svg: string, title: string, pictures: Pictures): string {
  const [, width = '960'] = /<svg[^>]*\swidth="(\d+)/.exec(svg) ?? []
  const shape = Number(width) >= 720 ? 'picture wide' : 'picture'
  const [, height = '300'] = /<svg[^>]*\sheight="(\d+)/.exec(svg) ?? []
  return html`<figure class="conversation"><figcaption>${title}</figcaption><div class="!${shape}" tabindex="0" role="group" aria-label="${title}" data-picture="${pictures.add(svg)}"><svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true"></svg></div></figure>`
}

function text(attachment: Attachment, kind: string, isOpen: boolean): string {
  const title = attachment.fileName ?? (kind === 'text/x.cucumber.log+plain' ? 'Log' : kind)
  const open = isOpen ? ' open' : ''
  return html`<details class="text"!${open}><summary>${title}</summary><button type="button" class="copy">Copy</button><pre tabindex="0">!${letters(textOf(attachment))}</pre></details>`
}

function links(list: string): string {
  const urls = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'))
  return html`<ul>!${urls.map((url) => html`<li><a href="${safe(url)}">${url}</a></li>`)}</ul>`
}

/** An address that does nothing but lead somewhere. */
function safe(url: string): string {
  return /^(?:https?:|\.{0,2}\/|[\w-]+[/.])/i.test(url) && !/^[\w-]+:(?!\/\/)/.test(url) ? url : '#'
}

function textOf({ body, contentEncoding }: Attachment): string {
  return contentEncoding === 'BASE64' ? Buffer.from(body, 'base64').toString() : body
}

function dataOf({ body, contentEncoding, mediaType }: Attachment): string {
  const base64 = contentEncoding === 'BASE64' ? body : Buffer.from(body).toString('base64')
  return `data:${mediaType};base64,${base64}`
}
