import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { html } from './html.ts';
import { notice, sendPage } from './layout.ts';

/** A form that was not understood is a page that says so; anything else is a mistake of the emulator's. */
export const pageErrors: ErrorRequestHandler = (error, _req, res, next) => {
  if (!(error instanceof z.ZodError)) return next(error);
  const body = html`<div class="card">
    <h1>That did not work</h1>
    ${notice('bad', z.prettifyError(error))}
  </div>`;
  sendPage(res, { title: 'Refused', body }, 422);
};
