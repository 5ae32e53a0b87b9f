import { readFile } from 'node:fs/promises'
import { setGlobalProxyFromEnv } from 'node:http'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

interface NetworkSettings {
  /** `http://host:port`; empty = the environment's. */
  proxyUrl: string
  /** PEM bundle trusted besides the system's; empty = none. */
  caFile: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** The simulator and other servers on this computer are never behind a proxy. */
const ALWAYS_DIRECT = ['localhost', '127.0.0.1', '::1']

/** What the environment of a program says about proxies, with the settings put over it. */
export function proxyEnvironment({ proxyUrl }: Pick<NetworkSettings, 'proxyUrl'>, from: Environment) {
  const http = proxyUrl || (from.http_proxy ?? from.HTTP_PROXY)
  const https = proxyUrl || (from.https_proxy ?? from.HTTPS_PROXY)
  const none = [from.no_proxy ?? from.NO_PROXY ?? '', ...ALWAYS_DIRECT].filter((host) => host !== '').join(',')
  return {
    ...(http ? { http_proxy: http } : {}),
    ...(https ? { https_proxy: https } : {}),
    no_proxy: none,
  }
}

/** For child programs such as flyctl, which read other names. */
export function childNetworkEnvironment(settings: NetworkSettings, from: Environment): Record<string, string> {
  const { http_proxy, https_proxy, no_proxy } = proxyEnvironment(settings, from)
  return {
    ...(http_proxy ? { HTTP_PROXY: http_proxy } : {}),
    ...(https_proxy ? { HTTPS_PROXY: https_proxy } : {}),
    NO_PROXY: no_proxy,
    ...(settings.caFile ? { SSL_CERT_FILE: settings.caFile } : {}),
  }
}

/** Makes every request of this process use the proxy and trust the certificates, from now on. */
export async function applyNetwork(settings: NetworkSettings, from: Environment): Promise<void> {
  setGlobalProxyFromEnv(proxyEnvironment(settings, from))
  const extra = settings.caFile ? [await readFile(settings.caFile, 'utf8')] : []
  setDefaultCACertificates([...getCACertificates('bundled'), ...getCACertificates('system'), ...extra])
}
