import { device } from '../browser.mjs';
import { assert, menu, open } from './steps.mjs';

export const team = {
  'a teammate is invited and sees a smaller menu': async ({ page, browser, size, shop }) => {
    await open(page, shop, '/team');
    const whole = await menu(page, size);
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill(`brian.${size}@zuri.example`);
    await dialog.getByLabel('Role').click();
    await page.getByRole('option', { name: 'Catalogue' }).click();
    await dialog.getByRole('button', { name: 'Invite' }).click();
    const link = await dialog.locator('code').innerText();
    assert.match(link, /\/invitation\/.+/);

    const other = await device(browser, size);
    try {
      const theirs = await other.context.newPage();
      await theirs.goto(shop.address + new URL(link).pathname);
      await theirs.getByLabel('Your name').fill('Brian Mutua');
      await theirs.locator('input[type=password]').fill('a good long password');
      await theirs.getByRole('button', { name: 'Join the team' }).click();
      await theirs.locator('#page h1').waitFor();
      const smaller = await menu(theirs, size);
      assert.ok(smaller.includes('Products'), smaller.join());
      for (const gone of ['Team', 'Money', 'Settings']) {
        assert.ok(whole.includes(gone), `the owner has no ${gone}: ${whole.join()}`);
        assert.ok(!smaller.includes(gone), `who keeps the catalogue sees ${gone}`);
      }
      await theirs.goto(`${shop.address}/money`);
      await theirs.getByText('Not part of your role').waitFor();
      assert.deepEqual(other.faults, []);
    } finally {
      await other.context.close();
    }
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByText(`brian.${size}@zuri.example`).waitFor();
  },
};
