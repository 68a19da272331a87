import type { Locator, Page } from 'playwright-core';

/** The button that opens the menu of a member's row; of the first row where no login is given. */
export const menuOf = (page: Page, login?: string): Locator =>
  login
    ? page.getByLabel(`Actions for ${login}`, { exact: true })
    : page.getByLabel(/^Actions for /).first();

/** Opens the menu of a member's row and presses what is called so: `Disable`, `Enable`, `Copy login`. */
export async function fromMenu(page: Page, action: string, login?: string): Promise<void> {
  await menuOf(page, login).click();
  await page.locator('details[open]').getByRole('button', { name: action }).click();
}

/** Waits until the menu of a member's row offers what is called so. */
export const offers = (page: Page, action: string, login: string): Promise<void> =>
  page.locator(`button[aria-label="${action} ${login}"]`).waitFor({ state: 'attached' });
