import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useCopy } from './copy-context.ts'
import { IconButton } from './icon-button.tsx'

/** Long enough to be seen, short enough not to be taken for a state. */
const SHOWN_MS = 1500

interface CopyButtonProps {
  text: string
  /** What is copied: "Copy machine id". */
  label: string
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const copy = useCopy()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <IconButton
      size="s"
      label={copied ? 'Copied' : label}
      onClick={(event) => {
        event.stopPropagation()
        copy(text)
        setCopied(true)
      }}
    >
      {copied ? <Check size={14} className="c-ok" /> : <Copy size={14} />}
    </IconButton>
  )
}
