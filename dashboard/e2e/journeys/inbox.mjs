import { assert, open, toast, write } from './steps.mjs';

export const inbox = {
  'a customer asks for a person and is answered by one': async ({ page, context, size, shop }) => {
    const watcher = await context.newPage();
    await open(watcher, shop, '/');
    await open(page, shop, '/simulator');
    await write(page, 'I want to talk to a person please');
    const told = await toast(watcher, 'A customer asks for a person');
    await told.getByRole('button').first().click();
    const answer = `This is Amina from the ${size}, how can I help?`;
    await watcher.getByLabel('Write an answer, / for saved replies').fill(answer);
    await watcher.getByRole('button', { name: 'Send', exact: true }).click();
    await watcher.getByRole('log').getByText(answer).waitFor();
    await page.getByRole('log').getByText(answer).waitFor();
    await watcher.getByRole('button', { name: 'Give back to the assistant' }).click();
    await watcher.getByRole('button', { name: 'Take over' }).waitFor();
  },

  'a saved reply is a slash away, and each answer says why': async ({ page, size, shop }) => {
    await open(page, shop, '/inbox');
    await page.getByRole('button', { name: 'Saved replies' }).click();
    const shortcut = `karibu${size}`;
    await page.getByLabel('Shortcut').fill(shortcut);
    await page.getByRole('dialog').getByLabel('Text').fill('Karibu sana!');
    await page.getByRole('button', { name: 'Save as reply' }).click();
    await toast(page, 'Reply saved');
    await page.keyboard.press('Escape');
    await page.locator('#page a[href^="/inbox/"]').first().click();
    const field = page.getByLabel('Write an answer, / for saved replies');
    await field.fill(`/${shortcut}`);
    await page.getByRole('option', { name: `/${shortcut}` }).click();
    assert.equal(await field.inputValue(), 'Karibu sana!');
    await field.fill('');
    await page.getByRole('button', { name: 'Why this answer' }).first().click();
    await page.getByRole('heading', { name: 'Understood' }).waitFor();
  },
};
