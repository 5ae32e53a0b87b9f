import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import type { Settings } from '#shared/contracts/settings.ts'
import { NetworkSettings } from './network-settings.tsx'

interface NetworkDialogProps {
  settings: Settings
  onClose: () => void
}

export function NetworkDialog({ settings, onClose }: NetworkDialogProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Proxy and certificates"
      subtitle="How Hangar reaches Fly.io from this network"
      footer={
        <>
          <span className="grow" />
          <Button size="l" variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <NetworkSettings settings={settings} />
    </Dialog>
  )
}
