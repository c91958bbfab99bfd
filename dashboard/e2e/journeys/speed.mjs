import { assert } from './steps.mjs';

// WebPageTest's "3G Fast": what a phone in town has on a bad day.
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 96_000 };
const LIMIT = 2_000;

export const speed = {
  'on a slow line one can sign in within two seconds': async ({ browser, shop }) => {
    const took = [];
    // The best of three: what else runs on this machine is not the page's doing.
    while (took.length < 3 && !took.some((millis) => millis < LIMIT)) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 }, serviceWorkers: 'block' });
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', LINE);
      const began = Date.now();
      await page.goto(`${shop.address}/login`, { waitUntil: 'commit' });
      await page.locator('input[type=email]').fill('amina@zuri.example');
      took.push(Date.now() - began);
      await context.close();
    }
    console.log(`        ${Math.min(...took)} ms`);
    assert.ok(Math.min(...took) < LIMIT, `it took ${took.join(', ')} ms`);
  },
};
