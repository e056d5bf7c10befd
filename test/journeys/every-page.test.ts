import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword } from '../../seeds/steps/people.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext } from '../support/browser.ts';

const PHONE = { width: 320, height: 640 };
const SIDE_BY_SIDE = 3;

/** Where each begins beside the links that he finds; what only a mail or a form leads to stands here. */
const ENTRANCES = {
  visitor: ['/', '/search?q=menu&max_price=100', '/search?q=zzzz', '/signup', '/order-links', '/password-resets/stale'],
  ada: ['/orders', '/messages', '/notifications', '/favorites', '/account', '/sell/onboarding', '/orders?tab=finished'],
  noor: ['/sell/dashboard', '/sell/gigs/new', '/sell/payouts', '/sell/withdrawals', '/sell/level', '/sell/posts/new'],
  mina: [
    '/admin',
    '/admin/gigs',
    '/admin/reports',
    '/admin/audit',
    '/admin/settings',
    '/admin/webhooks',
    '/admin/money',
    '/nothing-here',
  ],
};
type Who = keyof typeof ENTRANCES;

/** Whose orders stand in every state is shown in more than one of them. */
const often = (kind: string): number => (/^\/(sell\/)?orders\/:id$/.test(kind) ? 3 : 1);

describe.skipIf(!hasBrowser())('every page of the demo, on the narrowest phone', () => {
  let app: TestApp;
  /** Pages that somebody has looked at already, by the kind of address. */
  const seen = new Map<string, number>();
  beforeAll(async () => {
    app = await startTestApp({ seeded: true, emulator: true });
  }, 120_000);
  afterAll(async () => {
    await closeBrowser();
    await app.stop();
  });

  test.each(Object.keys(ENTRANCES) as Who[])(
    '%s finds no page that scrolls sideways, breaks, or that somebody cannot read (defect 60)',
    async (who) => {
      const findings = await walk(app, who, seen);
      expect(findings).toEqual([]);
    },
    120_000,
  );

  test('enough kinds of page were found', () => {
    expect(seen.size).toBeGreaterThan(60);
  });

  test('from the gig to the order options and back with the keyboard alone, the focus always in sight', async () => {
    const context = await newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    const tab = await context.newPage();
    await tab.goto(`${app.url}/gigs/menu-and-price-list-for-your-cafe-ready-to-print`);
    await tab.keyboard.press('Tab');
    expect(await focused(tab)).toMatchObject({ text: 'Skip to the content', shown: true });

    expect(await tabTo(tab, 'Choose options')).toEqual([]);
    await tab.keyboard.press('Enter');
    await tab.waitForSelector('dialog[open] form.panel-form');
    expect(await tab.evaluate(`document.activeElement.closest('dialog') !== null`)).toBe(true);
    expect(await tabTo(tab, 'Continue to payment')).toEqual([]);

    await tab.keyboard.press('Escape');
    await tab.waitForSelector('dialog[open]', { state: 'detached' });
    expect(await focused(tab)).toMatchObject({ text: 'Choose options' });
    await context.close();
  });
});

async function walk(app: TestApp, who: Who, seen: Map<string, number>): Promise<string[]> {
  const context = await newContext({ viewport: PHONE, reducedMotion: 'reduce' });
  const first = await context.newPage();
  if (who !== 'visitor') await signIn(app, first, who);
  const queue = [...ENTRANCES[who]];
  const findings: string[] = [];
  const tabs = [first, ...(await Promise.all(Array.from({ length: SIDE_BY_SIDE - 1 }, () => context.newPage())))];
  for (let round = nextRound(queue, seen); round.length > 0; round = nextRound(queue, seen)) {
    const looks = await Promise.all(round.map((address, index) => look(app, tabs[index]!, address)));
    for (const { address, wrong, links } of looks) {
      findings.push(...wrong.map((finding) => `${who} at ${address}: ${finding}`));
      queue.push(...links);
    }
  }
  findings.push(...context.strayRequests.map((address) => `${who} was led to ask for ${address}`));
  await context.close();
  return findings;
}

/** The next pages that nobody has looked at, one for each tab. */
function nextRound(queue: string[], seen: Map<string, number>): string[] {
  const round: string[] = [];
  while (queue.length > 0 && round.length < SIDE_BY_SIDE) {
    const address = queue.shift()!;
    const kind = kindOf(address);
    const times = seen.get(kind) ?? 0;
    if (times >= often(kind)) continue;
    seen.set(kind, times + 1);
    round.push(address);
  }
  return round;
}

/** `/orders/:id` for each order; a query makes no other kind, except the entrances' own. */
const kindOf = (address: string): string =>
  Object.values(ENTRANCES).flat().includes(address)
    ? address
    : address
        .replace(/\?.*/, '')
        .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
        .replace(/^\/gigs\/[^/]+/, '/gigs/:slug')
        .replace(/^\/categories\/[^/]+/, '/categories/:slug')
        .replace(/^\/@[^/]+/, '/@:username');

interface Look {
  address: string;
  wrong: string[];
  links: string[];
}

async function look(app: TestApp, tab: Page, address: string): Promise<Look> {
  const wrong: string[] = [];
  const complain = (message: string) => wrong.push(message);
  const listeners = {
    pageerror: (error: Error) => complain(error.message),
    console: (message: { type(): string; text(): string }) =>
      message.type() === 'error' && !/status of 4(04|10)/.test(message.text()) && complain(message.text()),
  };
  tab.on('pageerror', listeners.pageerror).on('console', listeners.console);
  await tab.emulateMedia({ colorScheme: 'light' });
  const response = await tab.goto(app.url + address, { waitUntil: 'load' });
  if (response && response.status() >= 500) complain(`answers ${response.status()}`);
  const { width, headings, links } = await tab.evaluate<{ width: number; headings: number; links: string[] }>(`({
    width: document.documentElement.scrollWidth,
    headings: document.querySelectorAll('h1').length,
    links: [...document.querySelectorAll('a[href^="/"]:not([download])')].map((link) => link.getAttribute('href').split('#')[0]),
  })`);
  if (width > PHONE.width) complain(`is ${width} wide`);
  if (headings !== 1) complain(`has ${headings} main headings`);
  wrong.push(...(await violations(tab, {})));
  await tab.emulateMedia({ colorScheme: 'dark' });
  wrong.push(...(await violations(tab, { runOnly: ['color-contrast'] })));
  tab.off('pageerror', listeners.pageerror).off('console', listeners.console);
  return { address, wrong, links: links.filter((link) => !NO_PAGES.test(link)) };
}

/** Files, feeds and what answers scripts. */
const NO_PAGES = /^\/(attachments|images|avatars|api|calendar|account\/export|build)\b|\.(atom|xml|ics)$/;

async function violations(tab: Page, options: { runOnly?: string[] }): Promise<string[]> {
  // Frames belong to Whop. The legacy mode runs in the page itself; the other opens a page for each look.
  const axe = new AxeBuilder({ page: tab }).setLegacyMode().options({ ...options, iframes: false });
  const result = await axe.analyze();
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
}

async function signIn(app: TestApp, tab: Page, who: Exclude<Who, 'visitor'>): Promise<void> {
  await tab.goto(`${app.url}/login`);
  await tab.fill('#email', `${who}@gigflow.test`);
  await tab.fill('#password', demoPassword);
  await Promise.all([tab.waitForURL(`${app.url}/orders`), tab.click('main form button')]);
}

/** What has the focus, and whether a sighted person can tell: an outline on it, or on the row that it stands in. */
const focused = (tab: Page): Promise<{ text: string; shown: boolean }> =>
  tab.evaluate(`(() => {
    const element = document.activeElement;
    const outlined = (candidate) => candidate && getComputedStyle(candidate).outlineStyle !== 'none';
    const box = element.getBoundingClientRect();
    return {
      text: (element.textContent || element.getAttribute('aria-label') || element.name || '').trim(),
      shown: box.bottom > 0 && [element, element.closest('.choice'), element.closest('label')].some(outlined),
    };
  })()`);

/** Presses Tab until it stands on the control with these words. @returns the controls on the way whose focus nobody sees */
async function tabTo(tab: Page, words: string): Promise<string[]> {
  const unseen: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    await tab.keyboard.press('Tab');
    const { text, shown } = await focused(tab);
    if (!shown) unseen.push(text);
    if (text === words) return unseen;
  }
  throw new Error(`no “${words}” within 60 presses of Tab`);
}
