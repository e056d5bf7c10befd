import path from 'node:path';
import express, { type Express, Router } from 'express';
import { misbehave } from './api/misbehave.ts';
import { api, recordCalls } from './api/router.ts';
import { embeddedCheckout } from './checkout/embedded.ts';
import { hostedCheckout } from './checkout/hosted.ts';
import type { Emulator } from './context.ts';
import { control } from './control/router.ts';
import { dashboard } from './dashboard/router.ts';
import { elements } from './elements/router.ts';
import { authorize } from './oauth/authorize.ts';
import { oauthErrors } from './oauth/errors.ts';
import { token } from './oauth/token.ts';
import { revoke, userinfo } from './oauth/userinfo.ts';
import { pageErrors } from './pages/errors.ts';
import { accountLinkPages } from './pages/account-links.ts';

/** Compiled or not, the files lie beside the sources: `src/` and `dist/` are at the same depth. */
const PUBLIC = path.join(import.meta.dirname, '..', '..', 'src', 'whop-emulator', 'public');

export function createEmulatorApp(emulator: Emulator): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(savesChanges(emulator));

  app.use('/assets', express.static(PUBLIC));
  app.use('/api/v1', recordCalls(emulator), api(emulator));
  app.use(oauth(emulator));
  app.use('/control', control(emulator));
  app.use(elements(emulator, PUBLIC));
  app.use(embeddedCheckout(emulator));
  app.use(express.urlencoded({ extended: false }));
  app.use(dashboard(emulator));
  app.use(accountLinkPages(emulator));
  app.use(hostedCheckout(emulator));
  app.use(pageErrors);
  return app;
}

function oauth(emulator: Emulator): Router {
  const router = Router();
  router.use('/oauth', recordCalls(emulator), express.json(), express.urlencoded({ extended: false }));
  router.use(['/oauth/token', '/oauth/userinfo', '/oauth/revoke'], misbehave(emulator.store));
  router.use(authorize(emulator), token(emulator), userinfo(emulator), revoke(emulator));
  router.get('/.well-known/jwks.json', (_req, res) => void res.json(emulator.keys.jwks));
  router.use(oauthErrors);
  return router;
}

const savesChanges =
  ({ store }: Emulator): express.RequestHandler =>
  (req, res, next) => {
    if (req.method !== 'GET') res.on('close', () => store.touch());
    next();
  };
