import ejs from 'ejs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const views = path.join(import.meta.dirname, '..', '..', 'views');
const shared = path.join(views, 'shared');
const options = { root: views, views: [views], _with: false, localsName: 'it' };
const render = (view: string, locals: object): Promise<string> =>
  ejs.renderFile(path.join(views, `${view}.ejs`), locals, options);

const assets = {
  'app.css': '/app.css',
  'app.js': '/app.js',
  'htmx.js': '/htmx.js',
  'hx-sse.js': '/hx-sse.js',
  'live.js': '/live.js',
};
const visitor = { title: 'Components', user: null, csrf: null, flash: null, nav: null, q: '', path: '/', gigCount: 40 };
const ada = { id: '1', displayName: 'Ada Marlowe', username: 'ada', initials: 'AM', isSeller: false, isAdmin: false };

const frame = async (chrome: object) =>
  render('layouts/application', { body: await render('styleguide/show', {}), chrome, assets });

describe('the shared partials', () => {
  it('each name themselves and their locals in the first line', async () => {
    for (const name of await readdir(shared)) {
      const [first] = (await readFile(path.join(shared, name), 'utf8')).split('\n');
      expect(first).toMatch(new RegExp(`^<%# ${path.parse(name).name}: `));
    }
  });

  it('keep to the content policy: no style attribute, no inline script, no handler', async () => {
    const html = await frame({ ...visitor, user: ada, csrf: 'token' });
    expect(html).not.toMatch(/ style=|<style|<script(?![^>]* src=)| on[a-z]+=/);
  });

  it('escape what people typed', async () => {
    const html = await render('shared/_field', {
      field: { name: 'title', label: 'Title', value: '"><script>alert(1)</script>', error: '<b>no</b>' },
    });
    expect(html).not.toMatch(/<script|<b>/);
  });

  it('tie label, hint and message to the control', async () => {
    const html = await render('shared/_field', {
      field: { name: 'packages[basic][price]', label: 'Price', kind: 'money', hint: 'In USD', error: 'Too low' },
    });
    expect(html).toContain('<label for="packages-basic-price">');
    expect(html).toContain('aria-describedby="packages-basic-price-hint packages-basic-price-error"');
    expect(html).toContain('aria-invalid="true"');
  });
});

describe('the frame', () => {
  it('has no POST form and no SSE script for visitors, so that the page can be kept', async () => {
    const html = await render('layouts/application', { body: '', chrome: visitor, assets });
    expect(html).not.toContain('method="post"');
    expect(html).not.toContain(assets['hx-sse.js']);
    expect(html).not.toContain(assets['live.js']);
  });

  it('lets whoever is signed in leave, with the token of the session', async () => {
    const html = await frame({ ...visitor, user: ada, csrf: 'token' });
    expect(html).toMatch(/<form method="post" action="\/logout"><input type="hidden" name="_csrf" value="token">/);
  });

  it('links only to what exists until a feature is switched on', async () => {
    const without = await frame({ ...visitor, user: ada, csrf: 'token' });
    expect(without).not.toMatch(/href="\/(messages|notifications|favorites|admin)"/);
    const features = { messages: true, notifications: true, favourites: true };
    const chrome = { ...visitor, user: { ...ada, isAdmin: true }, csrf: 'token', features };
    for (const page of ['messages', 'notifications', 'favorites', 'admin']) {
      expect(await frame(chrome)).toContain(`href="/${page}"`);
    }
  });
});
