import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { firstLoad } from '../scripts/size.mjs';

const LIMIT = 250 * 1024;
const built = existsSync(new URL('../dist/manifest.json', import.meta.url));

test.runIf(built)('the sign-in page and the first page load less than 250 KiB of script and style', () => {
  const { bytes, files } = firstLoad();
  expect(files.length).toBeGreaterThan(1);
  expect(bytes).toBeLessThan(LIMIT);
});
