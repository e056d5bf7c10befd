import type { Response } from 'express';
import { Html, html } from './html.ts';

interface Page {
  title: string;
  body: Html;
  /** Files of `public/` to load as modules. */
  scripts?: string[];
  /** Where forms of this page may end, besides the emulator itself; redirects count (contract D.8). */
  formTargets?: (string | null | undefined)[];
  /** Who may show this page in a frame; nobody by default. */
  frameAncestors?: string | null;
  wide?: boolean;
}

export function sendPage(res: Response, page: Page, status = 200): void {
  const targets = (page.formTargets ?? []).flatMap((url) => (url ? [new URL(url).origin] : []));
  res
    .status(status)
    .set({
      'Content-Security-Policy': [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        `form-action ${["'self'", ...new Set(targets)].join(' ')}`,
        "base-uri 'none'",
        `frame-ancestors ${page.frameAncestors ?? "'none'"}`,
      ].join('; '),
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    })
    .type('html')
    .send(String(layout(page)));
}

const layout = ({ title, body, scripts = [], wide, frameAncestors }: Page): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} - Whop emulator</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/emulator.css" />
        ${scripts.map((file) => html`<script type="module" src="/assets/${file}"></script>`)}
      </head>
      <body class="${frameAncestors ? 'framed' : wide ? 'wide' : 'narrow'}">
        ${frameAncestors ? null : html`<header><a href="/">Whop emulator</a> <span>No real money, no real identities.</span></header>`}
        <main>${body}</main>
      </body>
    </html> `;

export const notice = (kind: 'bad' | 'good' | 'plain', text: string): Html =>
  html`<p class="notice ${kind}" ${kind === 'bad' ? new Html(' role="alert"') : null}>${text}</p>`;

interface FieldOptions {
  value?: string | null;
  type?: string;
  step?: string;
  hint?: string;
  required?: boolean;
  autocomplete?: string;
}

export const field = (label: string, name: string, options: FieldOptions = {}): Html =>
  html`<p class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${options.type ?? 'text'}"
      value="${options.value}"
      autocomplete="${options.autocomplete ?? 'off'}"
      ${options.step ? html`step="${options.step}"` : null}
      ${options.required ? new Html(' required') : null}${options.hint ? html` aria-describedby="${name}-hint"` : null}
    />
    ${options.hint ? html`<small id="${name}-hint">${options.hint}</small>` : null}
  </p>`;

export const hidden = (fields: Record<string, string | null | undefined>): Html[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    value == null ? [] : [html`<input type="hidden" name="${name}" value="${value}" />`],
  );
