// The browser as a person has it: a phone and a desk. What a page complains about is collected and fails what is running.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } };
export const PICTURES = new URL('../screenshots/', import.meta.url).pathname;
mkdirSync(PICTURES, { recursive: true });
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });

/** A device of one size. `faults` are errors that its pages met and nobody expected. */
export async function device(browser, size, { look = 'light', lang = 'en', ...more } = {}) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme: look,
    locale: lang === 'sw' ? 'sw-KE' : 'en-GB',
    timezoneId: 'Africa/Nairobi',
    reducedMotion: 'reduce',
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
    serviceWorkers: 'block',
    ...more,
  });
  await context.addInitScript((chosen) => {
    if (location.protocol.startsWith('http')) localStorage.setItem('duka.lang', chosen);
  }, lang);
  context.setDefaultTimeout(15_000);
  const faults = [];
  context.on('page', (page) => {
    page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
    page.on('console', (line) => {
      // A refusal is part of a journey, and the page says what it means; what else goes wrong is a fault.
      if (line.type() !== 'error' || /status of (401|403|404|409|412|422)|ERR_INTERNET_DISCONNECTED/.test(line.text()))
        return;
      faults.push(`${page.url()}: ${line.text()}`);
    });
  });
  return { context, faults };
}

export async function signIn(page, { address, email, password }) {
  await page.goto(`${address}/login`);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('#page h1').waitFor();
}

/** Waits until a page shows what it has to show: no skeleton, no spinner, its fonts and the pictures in sight. */
export async function settled(page) {
  await page.locator('h1, h2, [role=alert], .mantine-EmptyState-root').first().waitFor();
  await page.waitForFunction(() => {
    const inSight = (one) => one.getBoundingClientRect().top < innerHeight;
    return (
      !document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root') &&
      [...document.images].every((image) => image.complete || !inSight(image)) &&
      document.fonts.status === 'loaded'
    );
  });
}

/** What is seriously wrong with a page for people who do not see, hear or point as others do. */
export async function violations(page) {
  await page.evaluate(AXE);
  // The rule that is off is experimental, and the calendar names its days by their whole date.
  const found = await page.evaluate(() =>
    globalThis.axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      rules: { 'label-content-name-mismatch': { enabled: false } },
    }),
  );
  const said = (node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`;
  return found.violations
    .filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map(said).join(' | ')}`);
}

/** Pixels by which a page is wider than the screen. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
