import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildAssets, loadAssets, type Manifest } from './assets.ts';

const publicFolder = path.join(import.meta.dirname, '..', 'public');
const onDisk = (url: string) => path.join(publicFolder, url);
const brotliBytes = async (url: string) => (await stat(`${onDisk(url)}.br`)).size;

let assets: Manifest;
beforeAll(async () => {
  assets = await buildAssets();
});

describe('the asset build', () => {
  it('names every file by its content and puts compressed twins beside it', () => {
    expect(Object.keys(assets)).toEqual(expect.arrayContaining(['app.css', 'app.js', 'htmx.js', 'hx-sse.js']));
    for (const [name, url] of Object.entries(assets)) {
      const { name: stem, ext } = path.parse(name);
      expect(url).toMatch(new RegExp(`^/build/${stem}-[0-9a-f]{10}\\${ext}$`));
      for (const twin of ['', '.br', '.gz']) expect(existsSync(onDisk(url) + twin), url + twin).toBe(true);
    }
  });

  it('keeps the whole stylesheet under 7 KB and the own script under 1 KB', async () => {
    expect(await brotliBytes(assets['app.css']!)).toBeLessThanOrEqual(7 * 1024);
    expect(await brotliBytes(assets['app.js']!)).toBeLessThanOrEqual(1024);
    expect(await brotliBytes(assets['live.js']!)).toBeLessThanOrEqual(1024);
  });

  it('asks for nothing from elsewhere: no import, no picture in the stylesheet', async () => {
    expect(await readFile(onDisk(assets['app.css']!), 'utf8')).not.toMatch(/@import|url\(/);
  });

  it('is built once for the same sources', async () => {
    const before = (await stat(onDisk('/build/manifest.json'))).mtimeMs;
    expect(await loadAssets()).toEqual(assets);
    expect((await stat(onDisk('/build/manifest.json'))).mtimeMs).toBe(before);
  });
});

describe('the files from Whop', () => {
  it.each([
    ['whop-checkout/0.5.0', 'index.mjs'],
    ['whop-elements/1.2.0', 'pure.mjs'],
  ])('%s stands complete under its own names', async (folder, entry) => {
    const target = onDisk(`/build/vendor/${folder}`);
    const names = await readdir(target);
    expect(names).toContain(entry);
    for (const name of names.filter((file) => file.endsWith('.mjs'))) {
      const text = await readFile(path.join(target, name), 'utf8');
      for (const [, imported] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) {
        expect(names, `${name} imports ${imported}`).toContain(imported);
      }
    }
  });
});
