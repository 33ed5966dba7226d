/** Which proxy a connection or request goes through: that of the settings, or those of the environment. */

import { UsageError } from '../errors'
import { learnSecrets } from '../redaction'
import { parseProxy } from '../text/url'

/** The proxy for an address; undefined where there is none in between. */
export type ChooseProxy = (url: URL) => URL | undefined

const VARIABLES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']

/**
 * Chooses by the settings, whose proxy is for every address, or else by the rules of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`.
 * @param setting the address of a proxy, or `false` for none
 */
export function chooseProxies(setting: string | undefined): ChooseProxy {
  const choose = setting === undefined ? proxyOfEnvironment : () => setting
  return (url) => {
    const address = choose(url)
    if (address === '') return undefined
    learnSecrets((redaction) => redaction.learnFromAddress(address))
    const proxy = parseProxy(address)
    if (proxy) return proxy
    throw new UsageError(
      'HTTP_PROXY, HTTPS_PROXY or ALL_PROXY of the environment is not the address of an HTTP proxy. Write it like ' +
        'http://proxy:8080, or let "proxy" in the settings be such an address, or false for none.',
    )
  }
}

/** That of `ws` is that of `http`. */
function proxyOfEnvironment({ protocol, host, port }: URL): string {
  const { getProxyForUrl } = require('proxy-from-env') as { getProxyForUrl(url: object): string }
  const address = getProxyForUrl({ protocol: protocol.replace('ws', 'http'), host, port })
  // Where the scheme was left out the library adds that of the server.
  const isWhole = VARIABLES.some((name) => process.env[name] === address)
  return isWhole ? address : address.replace(/^https:/, 'http:')
}
