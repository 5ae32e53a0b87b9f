import { type KeyboardEvent, useRef } from 'react'
import { useShortcuts } from '#renderer/lib/shortcuts-context.tsx'
import { joinFilter, splitFilter } from './data-table-words.ts'
import { PageBar } from './page-head.tsx'
import { SearchField } from './search-field.tsx'

interface DataTableFilterProps {
  /** What is filtered, for screen readers: "Filter machines". */
  label: string
  /** The whole query as text. */
  value: string
  onChange: (value: string) => void
  /** Keys that may stand before a colon. */
  keys: readonly string[]
  /** At the right: "412 of 1,312". */
  count: string
}

/** The filter line of a page: `/` leads to it, Enter finishes a token. */
export function DataTableFilter({ label, value, onChange, keys, count }: DataTableFilterProps) {
  const input = useRef<HTMLInputElement>(null)
  const { tokens, rest } = splitFilter(value, keys)
  useShortcuts([{ keys: '/', label: 'Filter', scope: 'page', run: () => input.current?.focus() }])

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const last = tokens.at(-1)
    if (event.key === 'Enter' && rest.trim() !== '') onChange(joinFilter({ tokens, rest: `${rest.trim()} ` }))
    else if (event.key === 'Backspace' && rest === '' && last) {
      event.preventDefault()
      onChange(joinFilter({ tokens: tokens.slice(0, -1), rest: joinFilter({ tokens: [last], rest: '' }).trim() }))
    }
  }

  return (
    <PageBar>
      <SearchField
        ref={input}
        label={label}
        placeholder={keys.map((key) => `${key}:`).join(' ')}
        keys="/"
        value={rest}
        tokens={tokens}
        onChange={(next) => onChange(joinFilter({ tokens, rest: next }))}
        onRemoveToken={(index) => onChange(joinFilter({ tokens: tokens.filter((_, at) => at !== index), rest }))}
        onKeyDown={onKeyDown}
      />
      <span className="small t3 num" role="status">
        {count}
      </span>
    </PageBar>
  )
}
