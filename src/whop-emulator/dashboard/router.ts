import { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Emulator } from '../context.ts';
import { ControlError, localOnly } from '../control/body.ts';
import { controls } from '../control/router.ts';
import { WhopError } from '../api/errors.ts';
import { html } from '../pages/html.ts';
import { notice, sendPage } from '../pages/layout.ts';
import { dashboardPage } from './page.ts';

/** What a person sees and does: the control API with forms in front (contract A.10). */
export function dashboard(emulator: Emulator): Router {
  const router = Router();
  router.get('/', localOnly, (_req, res) => {
    sendPage(res, { title: 'Dashboard', body: dashboardPage(emulator), wide: true });
  });
  router.post('/dashboard/*act', localOnly, fieldsToBody, backToDashboard);
  router.use('/dashboard', controls(emulator));
  router.use(refusals);
  return router;
}

/** Form fields as the control API wants them: empty ones left out, numbers as numbers, faults as the JSON they hold. */
const fieldsToBody: RequestHandler = (req, _res, next) => {
  const fields = req.body as Record<string, string>;
  if (fields.faults !== undefined) {
    req.method = 'PUT';
    req.body = parseFaults(fields.faults);
  } else {
    const given = Object.entries(fields).filter(([, value]) => value !== '');
    req.body = Object.fromEntries(given.map(([name, value]) => [name, name === 'amount' ? Number(value) : value]));
  }
  next();
};

function parseFaults(text: string): unknown {
  try {
    return JSON.parse(text.trim() || '{}');
  } catch {
    throw new ControlError(422, 'The faults are not valid JSON.');
  }
}

const backToDashboard: RequestHandler = (_req, res, next) => {
  res.json = () => {
    res.redirect(303, '/');
    return res;
  };
  next();
};

const refusals: ErrorRequestHandler = (error, _req, res, next) => {
  if (!(error instanceof ControlError || error instanceof WhopError)) return next(error);
  const body = html`<div class="card">
    <h1>That did not work</h1>
    ${notice('bad', error.message)}
    <p><a href="/">Back</a></p>
  </div>`;
  sendPage(res, { title: 'Refused', body }, error.status);
};
