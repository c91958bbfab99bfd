// End to end: the built program with the demo shop, used in a browser as its owner uses it, on a phone and on a desk.
//
//   node e2e/run.mjs PATH/TO/duka [part of a name …]
//
// Instead of the program an address may be given, with DUKA_EMAIL and DUKA_PASSWORD. Pictures of every page, and of what
// failed, are in screenshots/. The last line is `e2e: N passed, N failed`.
import { device, launch, overflow, PICTURES, settled, signIn, SIZES, violations } from './browser.mjs';
import { journeys } from './journeys/index.mjs';
import { openPages } from './pages.mjs';
import { start } from './program.mjs';

const [where, ...wanted] = process.argv.slice(2);
if (!where) throw new Error('which program?');
const fresh = async () =>
  /^https?:/.test(where)
    ? { address: where, email: process.env.DUKA_EMAIL, password: process.env.DUKA_PASSWORD, stop: () => undefined }
    : start(where);
let shop = await fresh();
const browser = await launch();
const want = (name) => wanted.length === 0 || wanted.some((word) => name.includes(word));
const count = { passed: 0, failed: 0 };

/** One thing that has to work; whatever goes wrong, the others are still tried. */
async function check(name, act) {
  const began = Date.now();
  try {
    await act();
    count.passed += 1;
    console.log(`ok      ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    count.failed += 1;
    console.log(
      `FAILED  ${name}\n        ${String(error.message ?? error)
        .split('\n')
        .slice(0, 12)
        .join('\n        ')}`,
    );
  }
}

async function play(size, name, journey) {
  const { context, faults } = await device(browser, size);
  const page = await context.newPage();
  try {
    await journey({ page, context, size, shop, browser });
    if (faults.length) throw new Error(faults.join('\n'));
  } catch (error) {
    const picture = `${PICTURES}failed-${name.replaceAll(' ', '-')}-${size}.png`;
    await page.screenshot({ path: picture }).catch(() => undefined);
    error.message = `${error.message}\nat ${page.url()}, see ${picture}${faults.length ? `\n${faults.join('\n')}` : ''}`;
    throw error;
  } finally {
    await context.close();
  }
}

for (const [at, size] of Object.keys(SIZES).entries()) {
  // What was bought and said on one screen is not known on the next.
  if (at > 0) {
    await shop.stop();
    shop = await fresh();
  }
  for (const [name, journey] of Object.entries(journeys)) {
    if (want(name)) await check(`${size}: ${name}`, () => play(size, name, journey));
  }
}

// Every page once on each size, look and language; `npm run screenshots` takes all of them together.
for (const [size, look, lang] of [
  ['phone', 'light', 'en'],
  ['desk', 'dark', 'sw'],
  ['phone', 'dark', 'sw'],
  ['desk', 'light', 'en'],
]) {
  if (!want('pages')) continue;
  const { context, faults } = await device(browser, size, { look, lang });
  const page = await context.newPage();
  await check(`${size}: every page in ${look} and ${lang} has no serious fault`, async () => {
    await signIn(page, shop);
    const found = [];
    for await (const name of openPages(page, shop.address)) {
      await settled(page);
      await page.screenshot({ path: `${PICTURES}${name}-${size}-${look}-${lang}.png` });
      const wide = await overflow(page);
      if (wide > 0) found.push(`${name}: ${wide} px wider than the screen`);
      found.push(...(await violations(page)).map((text) => `${name}: ${text}`));
    }
    found.push(...faults);
    if (found.length) throw new Error(found.join('\n'));
  });
  await context.close();
}

await browser.close();
await shop.stop();
console.log(`e2e: ${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed ? 1 : 0);
