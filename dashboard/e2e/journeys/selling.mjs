import { assert, heard, open, toast, write } from './steps.mjs';

const PHOTO = new URL('../../../demo/catalogue-images/zc-018.jpg', import.meta.url).pathname;
// One for each size of screen: what is sold on the phone is not found again on the desk.
const NEW = {
  phone: { name: 'Zawadi Gold Sandals', code: 'ZS-901', price: '1750' },
  desk: { name: 'Tausi Gold Sandals', code: 'TS-902', price: '1950' },
};

export const selling = {
  'a product is added with its photo, sold in the chat, seen live and shipped': async ({
    page,
    context,
    size,
    shop,
  }) => {
    const product = NEW[size];
    await open(page, shop, '/products');
    await page.getByRole('link', { name: 'Add product' }).click();
    await page.getByRole('heading', { name: 'New product', level: 1 }).waitFor();
    await page.locator('input[type=file]').setInputFiles(PHOTO);
    await page.getByRole('img', { name: 'Photos 1' }).waitFor();
    await page.getByLabel('Name').fill(product.name);
    await page.getByLabel('Code (SKU)').fill(product.code);
    await page.getByRole('combobox', { name: 'Category' }).fill('sandals');
    await page.getByLabel(/^Price\s*\*?$/).fill(product.price);
    await page
      .getByLabel(/^In stock: /)
      .first()
      .fill('4');
    await page.getByRole('button', { name: 'Save' }).click();
    await toast(page, 'Product added');
    await page.getByPlaceholder('Name, code or tag').fill(product.code);
    const photo = page.locator('#page img').first();
    await page.getByText(product.name).first().waitFor();
    await page.waitForFunction((image) => image.naturalWidth > 0, await photo.elementHandle());

    const watcher = await context.newPage();
    await open(watcher, shop, '/');
    await open(page, shop, '/simulator');
    await write(page, `Do you have ${product.name}?`);
    await heard(page, product.name);
    await write(page, 'the first one please');
    await write(page, 'checkout, I will pick it up at the shop');
    await write(page, 'yes');
    await page.getByRole('button', { name: 'Enters the PIN' }).click();
    await page.locator('#page').getByText('Paid').first().waitFor();

    const told = await toast(watcher, 'New order');
    await told.getByRole('button').first().click();
    await watcher.getByRole('link', { name: product.name }).waitFor();
    await watcher.locator('#page').getByText('Paid', { exact: true }).first().waitFor();
    await watcher.getByRole('button', { name: 'Move to' }).click();
    await watcher.getByRole('menuitem', { name: 'On the way' }).click();
    await watcher
      .getByRole('dialog')
      .getByRole('button', { name: /Move to/ })
      .click();
    await toast(watcher, 'Now: On the way');
    await watcher.getByRole('heading', { level: 1 }).locator('..').getByText('On the way').waitFor();
  },

  'two people change one product: the second is told and nothing is lost': async ({ page, context, size, shop }) => {
    const path = `/products?q=${size === 'phone' ? 'ZC-001' : 'ZC-002'}`;
    const second = await context.newPage();
    for (const one of [page, second]) {
      await open(one, shop, path);
      await one.locator('#page a[href^="/products/"]:not([href="/products/new"])').first().click();
      await one.getByLabel('Description').waitFor();
    }
    await page.getByLabel('Description').fill('Changed by the first of two.');
    await second.getByLabel('Description').fill('Changed by the second of two.');
    await page.getByRole('button', { name: 'Save' }).click();
    await toast(page, 'Product saved');
    await second.getByRole('button', { name: 'Save' }).click();
    const stale = await toast(second, 'Somebody else changed this');
    assert.equal(await second.getByLabel('Description').inputValue(), 'Changed by the second of two.');
    await stale.getByRole('button', { name: 'Load their version' }).click();
    await second.getByText('Changed by the first of two.').waitFor();
  },
};
