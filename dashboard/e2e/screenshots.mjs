// Pictures of every page on a phone and a desk, light and dark, into screenshots/ (which git ignores), and what axe-core and
// the layout have to say about each.
//
//   node e2e/screenshots.mjs [address] [part of a page's name …]
//
// DUKA_EMAIL and DUKA_PASSWORD sign in; LOOKS and LANGS choose (`LANGS=sw`), FULL=1 takes whole pages.
import { device, launch, overflow, PICTURES, settled, signIn, SIZES, violations } from './browser.mjs';
import { openPages } from './pages.mjs';

const [address = 'http://127.0.0.1:8787', ...wanted] = process.argv.slice(2);
const email = process.env.DUKA_EMAIL ?? 'amina@zuri.example';
const password = process.env.DUKA_PASSWORD ?? 'a password for trying';
const browser = await launch();
const found = [];
for (const size of process.env.SIZES?.split(',') ?? Object.keys(SIZES)) {
  for (const look of process.env.LOOKS?.split(',') ?? ['light', 'dark']) {
    for (const lang of process.env.LANGS?.split(',') ?? ['en', 'sw']) {
      const { context, faults } = await device(browser, size, { look, lang });
      const page = await context.newPage();
      await signIn(page, { address, email, password });
      for await (const name of openPages(page, address, wanted)) {
        const at = `${name}-${size}-${look}-${lang}`;
        await settled(page).catch((error) => found.push(`${at}: ${error.message}`));
        await page.screenshot({ path: `${PICTURES}${at}.png`, fullPage: process.env.FULL === '1' });
        const wide = await overflow(page);
        if (wide > 0) found.push(`${at}: ${wide} px wider than the screen`);
        if (process.env.AXE !== '0') found.push(...(await violations(page)).map((text) => `${at}: ${text}`));
      }
      found.push(...faults);
      await context.close();
    }
  }
}
await browser.close();
for (const text of found) console.log(text);
console.log(`${found.length} faults`);
process.exit(found.length ? 1 : 0);
