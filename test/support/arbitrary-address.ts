/** Arbitrary addresses with a password, valid or not, and texts with some, for property tests of what shows them. */

import fc from 'fast-check'

/** An address, or a text with some, and the password that may not be shown. */
export interface WithPassword {
  readonly text: string
  readonly password: string
}

const SCHEMES = [
  ...['ws:', 'wss:', 'http:', 'HTTPS:', 'ws+unix:', 'http+unix:', 'wss+unix:', 'wz:', 'x1:', 'file:', 'ftp:'],
  ...['redis:', 'rediss:', 'amqp:', 'mqtts:', 'nats:', 'postgres:', 'postgresql:', 'mysql:', 'mongodb+srv:'],
  ...['jdbc:postgresql:', 'jdbc:mysql:', 'git+ssh:', 'kafka:', 'clickhouse:'],
].map((scheme) => `${scheme}//`)

const password = fc.stringMatching(/^[\w.~!$*+:-]{1,12}\d[a-z]{4}$/)

const places = fc.constantFrom('', 'host', 'host:x', 'host:8080', '127.0.0.1:1', '[::1]:70000', '[host]', 'ho st')

const paths = fc.constantFrom('', '/', '/shop', '/shop?a=b', '/shop?mail=ann@host', '/a@b', '/#x', ' and more')

/** An address with slashes. */
export const addresses: fc.Arbitrary<WithPassword> = fc
  .tuple(fc.constantFrom(...SCHEMES), fc.stringMatching(/^[a-z]{0,5}$/), password, places, paths)
  .map(([scheme, user, password, place, path]) => ({
    text: `${scheme}${user}:${password}@${place}${path}`,
    password,
  }))

/** The same without a scheme, or without slashes after it; the user may be missing, or have an @. */
const logins: fc.Arbitrary<WithPassword> = fc
  .tuple(
    fc.constantFrom(...['rob', '', '//rob', '//', 'rob@corp.com', 'amqp:rob', 'ws:rob'].map((user) => `${user}:`)),
    fc.tuple(password, places).filter(([, place]) => place !== ''),
  )
  .map(([user, [password, place]]) => ({ text: `${user}${password}@${place}`, password }))

/** Where an address may stand in a command, or a part of one. */
const FRAMES: readonly ((address: string) => string)[] = [
  (address) => address,
  (address) => `DATABASE_URL=${address}`,
  (address) => `DATABASE_URL=${address} node server.js`,
  (address) => `--url=${address}`,
  (address) => `-Dspring.datasource.url='${address}'`,
  (address) => `node server.js "${address}" --mail ann@host`,
  (address) => JSON.stringify({ mail: 'ann@host', url: address }),
  (address) => `redis://other,${address},redis://ann:other@host`,
  (address) => `http://host/?next=${address}`,
  (address) => `[${address}]`,
  (address) => `folder/${address}/folder`,
]

/** A command, or a part of one, with an address in it. */
export const commandTexts: fc.Arbitrary<WithPassword> = fc
  .tuple(fc.oneof({ weight: 3, arbitrary: addresses }, logins), fc.constantFrom(...FRAMES))
  .filter(([{ text }, frame]) => text.includes('://') || !/next=|folder/.test(frame('')))
  .map(([{ text, password }, frame]) => ({ text: frame(text), password }))
