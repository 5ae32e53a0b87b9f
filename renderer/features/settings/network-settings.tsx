import { Form } from '#renderer/ui/field.tsx'
import type { Settings } from '#shared/contracts/settings.ts'
import { SettingText } from './setting-text.tsx'

/** Needed before the first sign-in as well: a company network may let nothing out otherwise. */
export function NetworkSettings({ settings }: { settings: Settings }) {
  return (
    <Form>
      <SettingText
        settings={settings}
        name="proxyUrl"
        label="Proxy"
        help="Empty: as the system’s HTTPS_PROXY and NO_PROXY say."
        placeholder="http://proxy.example:3128"
      />
      <SettingText
        settings={settings}
        name="caFile"
        label="Extra certificates"
        help="A PEM file trusted besides the system’s own, for networks that open TLS."
        placeholder="/etc/ssl/company.pem"
      />
    </Form>
  )
}
