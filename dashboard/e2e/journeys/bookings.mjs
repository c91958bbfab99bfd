import { assert, dayAhead, open, toast } from './steps.mjs';

const PERSON = { phone: 'Wairimu Njoroge', desk: 'Kamene Musyoka' };

export const bookings = {
  'a booking is entered, moved and called off': async ({ page, size, shop }) => {
    const name = PERSON[size];
    await open(page, shop, '/bookings?view=list');
    await page.getByRole('button', { name: 'New booking' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Service').click();
    await page.getByRole('option', { name: 'Alteration Fitting' }).click();
    await dialog.getByLabel('Day').fill(dayAhead(size === 'phone' ? 4 : 6));
    await dialog.getByRole('radio').first().waitFor({ state: 'attached' });
    await dialog.locator('.mantine-Chip-label').first().click();
    await dialog.getByLabel('Customer').fill(name);
    await dialog.getByLabel('Phone').fill(size === 'phone' ? '0722 111 201' : '0722 111 202');
    await dialog.getByRole('button', { name: 'Book', exact: true }).click();
    await toast(page, 'Booked');
    const row = page.getByRole('button', { name: new RegExp(name) });
    await row.waitFor();
    const before = await row.innerText();

    await row.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
    const slots = page.getByRole('dialog').locator('.mantine-Chip-label');
    await slots.nth(1).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
    await toast(page, 'Moved.');
    await page.waitForFunction(
      ([who, old]) => {
        const found = [...document.querySelectorAll('#page button')].find((one) => one.innerText.includes(who));
        return found !== undefined && found.innerText !== old;
      },
      [name, before],
    );
    assert.notEqual(await row.innerText(), before);

    await row.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel booking' }).click();
    await page
      .getByRole('dialog')
      .filter({ hasText: 'told at once' })
      .getByRole('button', { name: 'Cancel booking' })
      .click();
    await toast(page, 'Cancelled.');
  },
};
