/** Milliseconds between two samples of a series, and how long they are kept (Fly docs, metrics). */
export const SCRAPE = 15_000
export const RETENTION = 15 * 24 * 3_600_000

/** The last moment at or before `time` at which anything was measured. */
export const scrapeBefore = (time: number): number => Math.floor(time / SCRAPE) * SCRAPE
