import type { Locator, Page } from '@playwright/test'

/** The table of machines. */
export const machines = (page: Page): Locator => page.getByRole('grid', { name: 'Machines' })

/** Goes to a page by its entry in the sidebar, which says how many there are behind its name. */
export async function goTo(page: Page, name: string): Promise<void> {
  const entry = new RegExp(`^${name}( [\\d,]+)?$`)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: entry }).click()
}

/** Leaves the machines that a query matches. */
export async function filterMachines(page: Page, query: string): Promise<void> {
  await goTo(page, 'Machines')
  await page.getByRole('textbox', { name: 'Filter machines' }).fill(query)
}

/** The row of one machine; its id is in it. */
export const rowOf = (page: Page, id: string): Locator => machines(page).getByRole('row').filter({ hasText: id })

/** Id of the first machine in the table. */
export async function firstMachine(page: Page): Promise<string> {
  const row = machines(page).getByRole('row').nth(1)
  const cells = await row.locator('td').allTextContents()
  const id = cells.find((text) => /^[0-9a-f]{14}$/.test(text))
  if (!id) throw new Error(`No machine id in ${cells.join(' | ')}.`)
  return id
}

/** Waits for the prompt of the shell in a terminal; beside its rows it holds letters that are only measured. */
export async function waitForPrompt(terminal: Locator): Promise<void> {
  await terminal.locator('.xterm-rows').getByText(/[$#]/).first().waitFor()
}
