import { assert, open } from './steps.mjs';

export const catalogue = {
  'a list of products is imported, with a line that cannot be': async ({ page, size, shop }) => {
    const mark = size === 'phone' ? 'P' : 'D';
    const lines = [
      'Item name;Code;Cost in KES;How many;Type',
      `Mwezi Head Wrap ${mark};MW-${mark}1;850;6;scarf`,
      `Jua Straw Hat ${mark};JU-${mark}2;1200;3;hat`,
      `Broken Line ${mark};BR-${mark}3;free;3;hat`,
      `=1+1 ${mark};FO-${mark}4;500;1;hat`,
    ];
    await open(page, shop, '/products/import');
    await page.locator('input[type=file]').setInputFiles({
      name: 'list.csv',
      mimeType: 'text/csv',
      // As Excel writes it.
      buffer: Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf16le'),
    });
    await page.getByRole('heading', { name: 'First rows' }).waitFor();
    for (const [field, column] of [
      ['Name', 'Item name'],
      ['Price', 'Cost in KES'],
      ['Code', 'Code'],
      ['Stock', 'How many'],
      ['Category', 'Type'],
    ]) {
      const select = page.getByLabel(new RegExp(`^${field}`)).first();
      if ((await select.inputValue()) === column) continue;
      await select.click();
      await page.getByRole('option', { name: column, exact: true }).click();
    }
    await page
      .getByRole('button', { name: /Import|Take over/ })
      .last()
      .click();
    await page.getByRole('heading', { name: 'Import finished' }).waitFor();
    await page.getByText('Rows that need a look').waitFor();
    assert.match(await page.locator('#page').innerText(), /Line 4/);
    await page.getByRole('link', { name: 'See the products' }).click();
    await page.getByPlaceholder('Name, code or tag').fill(`Mwezi Head Wrap ${mark}`);
    await page.locator('#page').getByText(`Mwezi Head Wrap ${mark}`).first().waitFor();
    await page.locator('#page').getByText('KES 850').first().waitFor();
  },
};
