import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { PASSWORD, type TestPerson } from './orders.ts';
import { newContext } from './browser.ts';
import type { TestApp } from './app.ts';

/** Where the pictures of a run are left to be looked at; nothing compares them. */
const SCREENS = path.join(import.meta.dirname, '../report/screens');
const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } };
export type Size = keyof typeof SIZES;

/** A window of whoever signs in, or follows his link; `troubles` is what the browser complains about. */
export async function openWindow(app: TestApp, who: TestPerson | { link: string }) {
  const window = await (await newContext({ reducedMotion: 'reduce' })).newPage();
  const troubles: string[] = [];
  window.on('pageerror', ({ message }) => troubles.push(message));
  window.on('console', (message) => {
    if (message.type() === 'error' && !/status of 409/.test(message.text())) troubles.push(message.text());
  });
  if ('link' in who) {
    await window.goto(app.url + who.link);
  } else {
    await window.goto(`${app.url}/login?next=/messages`);
    await window.fill('#email', who.email);
    await window.fill('#password', PASSWORD);
    await Promise.all([window.waitForURL(`${app.url}/messages`), window.click('main form button')]);
  }
  return { window, troubles };
}

/** What is wrong with the page that stands in the window, at this size and in this scheme; a picture of it is kept. */
export async function lookAt(window: Page, name: string, size: Size, colorScheme: 'light' | 'dark'): Promise<string[]> {
  await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await window.setViewportSize(SIZES[size]);
  mkdirSync(SCREENS, { recursive: true });
  await window.screenshot({ path: path.join(SCREENS, `${name}-${size}-${colorScheme}.png`), fullPage: true });
  const width = await window.evaluate<number>('document.documentElement.scrollWidth');
  const found = width > SIZES[size].width ? [`${size}: ${width} wide`] : [];
  // The other size has the same elements in the same colours.
  if (size === 'desktop') return found;
  const axe = new AxeBuilder({ page: window }).setLegacyMode();
  if (colorScheme === 'dark') axe.withRules('color-contrast');
  const { violations } = await axe.analyze();
  return [...found, ...violations.map(({ id, nodes }) => `${colorScheme}: ${id} ${nodes[0]?.html.slice(0, 160)}`)];
}

/**
 * The main region as a screen reader meets it: roles, names, texts and addresses, one to a line. Numbers and ids that differ from
 * run to run are named instead; what is said in the thread has tests of its own.
 */
export async function structureOf(window: Page): Promise<string> {
  const snapshot = await window.locator('main').ariaSnapshot();
  return `${snapshot
    .replace(/^( *)- region "Messages":\n(?:\1 .*\n?)*/m, '$1- region "Messages"\n')
    .trimEnd()
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, ':id')
    .replace(/\bOrder [0-9a-f]{8}\b/g, 'Order NUMBER')}\n`;
}

interface Way {
  method: 'GET' | 'POST';
  path: string;
}

/** Every address of this site that the main region leads to, by link, form and button. */
export async function waysOut(window: Page): Promise<Way[]> {
  const found = await window.evaluate<[Way['method'], string][]>(
    `(() => { const main = document.querySelector('main'); return [
      ...[...main.querySelectorAll('a[href^="/"]')].map((link) => ['GET', link.getAttribute('href')]),
      ...[...main.querySelectorAll('form')].map((form) => [form.method.toUpperCase(), form.getAttribute('action')]),
      ...[...main.querySelectorAll('[formaction]')].map((button) => ['POST', button.getAttribute('formaction')]),
      ...[...main.querySelectorAll('[hx-post]')].map((element) => ['POST', element.getAttribute('hx-post')]),
      ...[...main.querySelectorAll('[hx-get]')].map((element) => ['GET', element.getAttribute('hx-get')]),
    ]; })()`,
  );
  return found.map(([method, address]) => ({ method, path: address.replace(/[?#].*/, '') }));
}

/** Sends a form that the page does not show, as a window from before would. */
export async function sendForm(window: Page, action: string, fields: Record<string, string>): Promise<void> {
  const _csrf = await window.locator('input[name=_csrf]').first().inputValue();
  await window.evaluate(
    `(({ action, fields }) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action });
      for (const [name, value] of Object.entries(fields))
        form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
      document.body.append(form);
      form.submit();
    })(${JSON.stringify({ action, fields: { _csrf, ...fields } })})`,
  );
}
