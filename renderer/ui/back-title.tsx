import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

interface BackTitleProps {
  /** Where the arrow leads: "Back to all deploys". */
  back: string
  onBack: () => void
  chip?: ReactNode
  children?: ReactNode
}

/** Title of a page that was opened from a list. */
export function BackTitle({ back, onBack, chip, children }: BackTitleProps) {
  return (
    <span className="row">
      <IconButton size="s" label={back} onClick={onBack}>
        <ArrowLeft size={14} />
      </IconButton>
      {chip}
      {children}
    </span>
  )
}
