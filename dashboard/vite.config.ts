import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

/** Beside every text file its brotli and gzip form, so that the server never has to compress. */
function packed(): Plugin {
  let out = '';
  return {
    name: 'packed',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => {
      out = path.resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const files = await readdir(out, { recursive: true });
        const texts = files.filter((file) => /\.(js|css|html|svg|json|webmanifest)$/.test(file));
        await Promise.all(
          texts.map(async (file) => {
            const plain = await readFile(path.join(out, file));
            if (plain.length < 1024) return;
            const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
            await writeFile(path.join(out, `${file}.br`), await promisify(brotliCompress)(plain, quality));
            await writeFile(path.join(out, `${file}.gz`), await promisify(gzip)(plain, { level: 9 }));
          }),
        );
      },
    },
  };
}

const api = process.env.DUKA_API ?? 'http://127.0.0.1:8787';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/v1': api, '/docs': api } },
  preview: { proxy: { '/v1': api, '/docs': api } },
  test: { include: ['src/**/*.test.ts', 'test/**/*.test.mjs'] },
  build: {
    manifest: 'manifest.json',
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    assetsInlineLimit: 0,
    // What every page needs is one file, not dozens: requests are what a slow line is slow at.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  plugins: [
    react(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'Duka',
        short_name: 'Duka',
        description: 'Your shop on WhatsApp: orders, chats, products and figures.',
        start_url: '/',
        display: 'standalone',
        background_color: '#faf8f3',
        theme_color: '#0b5d41',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        shortcuts: [
          { name: 'Orders', url: '/orders' },
          { name: 'Inbox', url: '/inbox' },
        ],
      },
      workbox: {
        importScripts: ['/push.js'],
        globPatterns: ['index.html', 'theme.js', 'icon.svg', 'assets/{index,first}-*.{js,css}', 'assets/*.woff2'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/(v1|docs|webhook|media|health|metrics)(\/|$)/],
        runtimeCaching: [
          {
            urlPattern: /\/assets\//,
            handler: 'CacheFirst',
            options: { cacheName: 'assets', expiration: { maxEntries: 120 } },
          },
        ],
      },
    }),
    packed(),
  ],
});
