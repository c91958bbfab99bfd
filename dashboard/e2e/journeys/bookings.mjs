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

    if (size === 'desk') await drag(page, shop, name);

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

/** The same by dragging it in the calendar, to the next full hour that is free on its day. */
async function drag(page, shop, name) {
  await open(page, shop, '/bookings');
  const event = page.locator('[data-event-id]').filter({ hasText: name }).first();
  const next = page.getByRole('button', { name: 'Next' });
  await page.locator('[class*=weekViewDaySlots]').first().waitFor();
  if (!(await event.isVisible())) await next.click();
  await event.waitFor();
  const hours = await page.evaluate(
    async (id) => {
      const ask = async (path) =>
        (await fetch(`/v1/${path}`, { headers: { 'X-TENANT-ID': localStorage.getItem('duka.shop') } })).json();
      const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      const { items } = await ask(`appointments?from=${day(0)}&to=${day(20)}&limit=100`);
      const one = items.find((row) => row.id === id);
      const { slots } = await ask(`appointments/free?service=${one.service.id}&day=${one.start.slice(0, 10)}`);
      return slots.map((slot) => slot.start).filter((start) => start.slice(14, 16) === '00' && start > one.start);
    },
    await event.getAttribute('data-event-id'),
  );
  const target = new Date(Date.parse(hours[0]) + 3 * 3_600_000).toISOString();
  await event.dragTo(page.getByRole('button', { name: `Time slot ${target.slice(0, 10)} ${target.slice(11, 19)}` }));
  await toast(page, 'Moved.');
  await open(page, shop, '/bookings?view=list');
  await page.getByRole('button', { name: new RegExp(`${target.slice(11, 16)}[^]*${name}`) }).waitFor();
}
