import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const read = (folder: string): [string, string][] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ejs|js)$/.test(name) && !name.startsWith('build'))
    .map((name) => [name, readFileSync(path.join(root, folder, name), 'utf8')]);

const views = read('views');
const scripts = read('public/js');

/** The views in which an embed stands. */
const hosts = views.filter(([, text]) =>
  /<(checkout|whop)-embed|'\/(shared\/_whop-embed|orders\/_whop-chat)'/.test(text),
);

/** What contract appendix D found to fail without a word. */
test.each([
  ['a preserved or morphed embed goes deaf', hosts, /hx-preserve|morph/i],
  ['the loader may run once only, and under its own name: it is not used', [...views, ...scripts], /loader\.js/],
  ['the package’s main entry asks Whop at once: only pure.mjs waits', scripts, /whop-elements\/[\d.]+\/index/],
  ['no pixel', [...views, ...scripts], /t\.whop\.tw/],
  ['no token stands in a page', views, /data-token|token="<%/],
])('%s', (_why, files, pattern) => {
  expect(files.filter(([, text]) => pattern.test(text)).map(([name]) => name)).toEqual([]);
});

test('the embeds are found where they stand', () => {
  expect(hosts.length).toBeGreaterThanOrEqual(4);
});

test('each checkout has an id of its own', () => {
  const text = views.find(([name]) => name === path.join('checkouts', '_payment.ejs'))![1];
  expect(text).toContain('id="checkout-<%= checkout.id %>"');
  expect(text).toContain('data-whop-checkout-session');
});

test('the files that Whop’s scripts import by name keep their names', () => {
  const imports = scripts.flatMap(([, text]) => text.match(/\/build\/vendor\/[\w./-]+/g) ?? []);
  expect(imports.sort()).toEqual([
    '/build/vendor/whop-checkout/0.5.0/index.mjs',
    '/build/vendor/whop-elements/1.2.0/pure.mjs',
  ]);
});
