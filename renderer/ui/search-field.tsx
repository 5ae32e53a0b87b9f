import { Search, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { Keys } from './kbd.tsx'
import styles from './search-field.module.css'

export interface SearchToken {
  key: string
  value: string
  /** Excluded instead of asked for. */
  not?: boolean
}

interface SearchFieldProps {
  /** Name for screen readers. */
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  tokens?: readonly SearchToken[]
  onRemoveToken?: (index: number) => void
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  /** Shortcut that leads here. */
  keys?: string
  ref?: Ref<HTMLInputElement>
  /** At the right, inside. */
  children?: ReactNode
}

/** The filter of a page: tokens `key:value`, then free text. Escape empties it, Backspace takes the last token. */
export function SearchField({ label, value, onChange, placeholder, tokens = [], ...rest }: SearchFieldProps) {
  const { onRemoveToken, onKeyDown, keys, ref, children } = rest
  const handleKey = (event: KeyboardEvent<HTMLInputElement>) => {
    onKeyDown?.(event)
    if (event.defaultPrevented) return
    if (event.key === 'Escape' && value !== '') {
      event.stopPropagation()
      onChange('')
    } else if (event.key === 'Backspace' && value === '' && tokens.length > 0) onRemoveToken?.(tokens.length - 1)
  }
  return (
    <search className={styles.query}>
      <Search size={16} />
      {tokens.map((token, index) => (
        <span key={`${token.key}:${token.value}`} className={styles.token} data-not={token.not ?? false}>
          <em>
            {token.not ? '-' : ''}
            {token.key}:
          </em>
          {token.value}
          <button
            type="button"
            aria-label={`Remove ${token.key}:${token.value}`}
            onClick={() => onRemoveToken?.(index)}
          >
            <X size={12} />
          </button>
        </span>
      ))}
      <input
        ref={ref}
        aria-label={label}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={handleKey}
      />
      {children}
      {keys && <Keys keys={keys} />}
    </search>
  )
}
