// Pictures of every page on a phone and a desktop, light and dark, into screenshots/ (which git ignores), and what axe-core
// and the layout have to say about each.
//
//   node scripts/screenshots.mjs [address] [part of a page's name …]
//
// DUKA_EMAIL and DUKA_PASSWORD sign in; CHROMIUM is the browser.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { openPages } from './pages.mjs';

const address = process.argv[2] ?? 'http://127.0.0.1:8787';
const wanted = process.argv.slice(3);
const out = new URL('../screenshots/', import.meta.url).pathname;
mkdirSync(out, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } };
const LOOKS = process.env.LOOKS?.split(',') ?? ['light', 'dark'];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
let faults = 0;
const fault = (text) => {
  faults += 1;
  console.log(text);
};

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of LOOKS) {
    const context = await browser.newContext({
      viewport,
      colorScheme,
      locale: process.env.LANG_OF ?? 'en-GB',
      timezoneId: 'Africa/Nairobi',
      hasTouch: size === 'phone',
      isMobile: size === 'phone',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => fault(`${page.url()}: ${error.message}`));
    page.on(
      'console',
      (line) => line.type() === 'error' && !/401|favicon/.test(line.text()) && fault(`${page.url()}: ${line.text()}`),
    );
    for await (const name of openPages(page, address, wanted)) {
      await page.waitForTimeout(500);
      await page.screenshot({ path: `${out}${name}-${size}-${colorScheme}.png`, fullPage: process.env.FULL === '1' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) fault(`${name} ${size}: ${wide} px wider than the screen`);
      if (process.env.AXE === '0') continue;
      await page.evaluate(axe);
      // The rule that is off is experimental, and the calendar names its days by their whole date.
      const found = await page.evaluate(() =>
        globalThis.axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
          rules: { 'label-content-name-mismatch': { enabled: false } },
        }),
      );
      for (const violation of found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))) {
        fault(
          `${name} ${size} ${colorScheme}: ${violation.id}: ${violation.nodes
            .slice(0, 3)
            .map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`)
            .join(' | ')}`,
        );
      }
    }
    await context.close();
  }
}
await browser.close();
console.log(`${faults} faults`);
process.exit(faults ? 1 : 0);
