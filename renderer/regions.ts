const FOCUSABLE = 'button:not(:disabled), a[href], input, textarea, select, [tabindex="0"]'

/** The regions of the frame in the order F6 visits them, as selectors. */
const REGIONS = ['nav[aria-label="Main"]', '#main', '[aria-label="Inspector"]', '[aria-label="Dock"]']

/** Moves the focus into the next region that is shown, and from the last to the first. */
export function focusNextRegion(page: Document): void {
  const shown = REGIONS.map((selector) => page.querySelector<HTMLElement>(selector)).filter(
    (region) => region !== null && !region.hidden,
  )
  const current = shown.findIndex((region) => region?.contains(page.activeElement))
  const next = shown[(current + 1) % shown.length]
  const inside = next?.querySelector<HTMLElement>(`[aria-current], .xterm-helper-textarea, ${FOCUSABLE}`)
  const target = inside ?? next
  target?.focus()
}
