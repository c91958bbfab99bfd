// The pictures of the README: the demo shop of the built program, as it is seen.
//
//   node e2e/pictures.mjs PATH/TO/duka
//
// Writes docs/pictures/dashboard-*.webp.
import { writeFileSync } from 'node:fs';
import { device, launch, settled, signIn, SIZES } from './browser.mjs';
import { write } from './journeys/steps.mjs';
import { start } from './program.mjs';

const out = new URL('../../docs/pictures/', import.meta.url).pathname;
const [where] = process.argv.slice(2);
const shop = /^https?:/.test(where)
  ? { address: where, email: process.env.DUKA_EMAIL, password: process.env.DUKA_PASSWORD, stop: () => undefined }
  : await start(where);
const browser = await launch();

// What a picture shows, and how one comes to see it.
const PHONE = {
  overview: (page) => page.goto(`${shop.address}/`),
  inbox: async (page) => {
    await page.goto(`${shop.address}/inbox`);
    await page.locator('#page a[href^="/inbox/"]').nth(2).click();
    await page.getByRole('log').getByText(/\S/).first().waitFor();
  },
  product: async (page) => {
    await page.goto(`${shop.address}/products?view=grid`);
  },
  simulator: async (page) => {
    await page.goto(`${shop.address}/simulator`);
    await write(page, 'niaje, uko na dress ya blue?');
    await write(page, 'nipe ya kwanza size M');
  },
};
const DESK = { desk: (page) => page.goto(`${shop.address}/`) };

/** A picture as WebP, which the browser itself can write. */
async function webp(page, png, quality) {
  const data = await page.evaluate(
    async ([text, quality]) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${text}`)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      canvas.getContext('2d').drawImage(image, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    [png.toString('base64'), quality],
  );
  return Buffer.from(data);
}

let bytes = 0;
for (const [size, pictures] of [
  ['phone', PHONE],
  ['desk', DESK],
]) {
  const { context } = await device(browser, size, { deviceScaleFactor: size === 'phone' ? 2 : 1.5 });
  const page = await context.newPage();
  const blank = await browser.newPage();
  await signIn(page, shop);
  for (const [name, go] of Object.entries(pictures)) {
    await go(page);
    await settled(page);
    const picture = await webp(blank, await page.screenshot({ animations: 'disabled' }), 0.86);
    bytes += picture.length;
    writeFileSync(`${out}dashboard-${name}.webp`, picture);
    console.log(`${name}: ${Math.round(picture.length / 1024)} KiB, ${SIZES[size].width} px wide`);
  }
  await context.close();
}
await browser.close();
await shop.stop();
console.log(`${Math.round(bytes / 1024)} KiB`);
