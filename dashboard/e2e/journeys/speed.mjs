// WebPageTest's "3G Fast": what a phone in town has on a bad day.
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 96_000 };

export const speed = {
  'on a slow line one can sign in as soon as the script is there': async ({ browser, shop }) => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, serviceWorkers: 'block' });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', LINE);
    const began = Date.now();
    await page.goto(`${shop.address}/login`, { waitUntil: 'commit' });
    await page.locator('input[type=email]').fill('amina@zuri.example');
    // Told, not judged: what else runs on the machine is not the page's doing. What is loaded has a bound of its own.
    console.log(`        ${Date.now() - began} ms until one can type`);
    await context.close();
  },
};
