import { settled, signIn } from '../browser.mjs';
import { assert, open } from './steps.mjs';

export const session = {
  'a wrong password is told, the right one opens the page one wanted': async ({ page, shop }) => {
    await page.goto(`${shop.address}/orders?state=paid`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail').fill(shop.email);
    await page.locator('input[autocomplete=current-password]').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('E-mail or password is wrong.').waitFor();
    await page.locator('input[autocomplete=current-password]').fill(shop.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
    assert.equal(new URL(page.url()).search, '?state=paid');
  },

  'a session that is over asks for the password and goes back': async ({ page, context, shop }) => {
    await open(page, shop, '/customers');
    await context.clearCookies();
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail').fill(shop.email);
    await page.locator('input[autocomplete=current-password]').fill(shop.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
  },

  'a lost line is told and comes back': async ({ page, context, shop }) => {
    await open(page, shop, '/');
    await settled(page);
    await context.setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await context.setOffline(false);
    await page.getByText('You are offline.').waitFor({ state: 'hidden' });
  },

  'without a line the shell opens and says so': async ({ browser, shop }) => {
    const context = await browser.newContext({ serviceWorkers: 'allow', viewport: { width: 360, height: 740 } });
    try {
      const page = await context.newPage();
      await signIn(page, shop);
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      await page.reload();
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await context.setOffline(true);
      await page.goto(`${shop.address}/orders`);
      await page.getByText('The shop cannot be reached').waitFor();
      await context.setOffline(false);
      await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
    } finally {
      await context.close();
    }
  },
};
