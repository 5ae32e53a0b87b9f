import { useEffect, useRef, useState } from 'react'

/**
 * The text of a filter that also lives elsewhere, such as in the address of the page.
 * Typing shows at once; what comes back late of what was typed here is not taken for news.
 */
export function useFilterText(outer = '', report?: (text: string) => void) {
  const [text, setText] = useState(outer)
  const onTheWay = useRef<string[]>([])
  useEffect(() => {
    const returned = onTheWay.current.indexOf(outer)
    if (returned < 0) setText(outer)
    else onTheWay.current = onTheWay.current.slice(returned + 1)
  }, [outer])
  const change = (next: string) => {
    setText(next)
    if (!report) return
    onTheWay.current.push(next)
    report(next)
  }
  return [text, change] as const
}
