// What several journeys do.
import assert from 'node:assert/strict';
import { signIn } from '../browser.mjs';

/** Opens a page of the shop, signing in if that has to be. */
export async function open(page, shop, path) {
  await page.goto(shop.address + path);
  await page.locator('#page h1, form').first().waitFor();
  if (!new URL(page.url()).pathname.startsWith('/login')) return;
  await signIn(page, shop);
  await page.goto(shop.address + path);
  await page.locator('#page h1').waitFor();
}

/** A message to the shop from the simulator's phone; what the shop answers, once it has answered. */
export async function write(page, text) {
  const thread = page.getByRole('log');
  const before = await said(thread);
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await thread.getByText(text, { exact: true }).first().waitFor();
  await page.waitForFunction(
    ([log, known]) =>
      [...log.children].filter((row) => /row/.test(row.className) && !('right' in row.dataset)).length > known,
    [await thread.elementHandle(), before],
  );
  return thread.locator(':scope > [class*=row]:not([data-right])').first().innerText();
}

const said = (thread) => thread.locator(':scope > [class*=row]:not([data-right])').count();

/** Waits until one of the shop's messages in the simulator says something. */
export async function heard(page, text) {
  await page
    .getByRole('log')
    .locator(':scope > [class*=row]:not([data-right])')
    .filter({ hasText: text })
    .first()
    .waitFor();
}

/** A toast that says something; its text. */
export async function toast(page, text) {
  const found = page.getByRole('alert').filter({ hasText: text }).first();
  await found.waitFor();
  return found;
}

/** The way to a page by the menu, as this screen has it. */
export async function menu(page, size) {
  if (size === 'phone') await page.getByRole('button', { name: 'More' }).click();
  const names = await page.locator('nav a, .mantine-Drawer-body a').allInnerTexts();
  if (size === 'phone') await page.keyboard.press('Escape');
  return names.map((name) => name.trim()).filter(Boolean);
}

/** A day some days from now that is no Sunday, as a date field takes it. */
export function dayAhead(days) {
  const day = new Date(Date.now() + days * 86_400_000);
  if (day.getUTCDay() === 0) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

export { assert };
