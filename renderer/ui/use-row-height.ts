import { useSyncExternalStore } from 'react'

/** Height of a table row in px, from the density tokens: it must be known before a row is drawn. */
export const useRowHeight = (): number => useSyncExternalStore(onDensityChange, readRowHeight)

const DEFAULT_PX = 32

function readRowHeight(): number {
  const value = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row'))
  return Number.isNaN(value) ? DEFAULT_PX : value
}

function onDensityChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-density'] })
  return () => observer.disconnect()
}
