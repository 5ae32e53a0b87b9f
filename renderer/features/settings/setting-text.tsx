import { type KeyboardEvent, useEffect, useState } from 'react'
import { Field } from '#renderer/ui/field.tsx'
import { Input } from '#renderer/ui/input.tsx'
import type { Settings } from '#shared/contracts/settings.ts'
import { useChangeSettings } from './use-settings.ts'

interface SettingTextProps {
  name: 'proxyUrl' | 'caFile' | 'flyctlPath'
  label: string
  help: string
  placeholder: string
  settings: Settings
}

/** One line of text, stored on Enter or when it is left. */
export function SettingText({ name, label, help, placeholder, settings }: SettingTextProps) {
  const stored = settings[name]
  const [text, setText] = useState(stored)
  const change = useChangeSettings()
  useEffect(() => setText(stored), [stored])
  const save = () => {
    if (text.trim() !== stored) change.mutate({ [name]: text.trim() })
  }
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Enter') save()
    if (key === 'Escape') {
      setText(stored)
      change.reset()
    }
  }
  return (
    <Field label={label} help={help} error={change.error?.message}>
      <Input
        mono
        value={text}
        placeholder={placeholder}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={onKeyDown}
      />
    </Field>
  )
}
