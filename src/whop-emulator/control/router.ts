import express, { Router } from 'express';
import type { Emulator } from '../context.ts';
import { controlErrors, localOnly } from './body.ts';
import { faultsControl } from './faults.ts';
import { moneyControl } from './money.ts';
import { peopleControl } from './people.ts';
import { registrationControl } from './registration.ts';
import { sellersControl } from './sellers.ts';
import { stateControl } from './state.ts';
import { webhooksControl } from './webhooks.ts';

/** The emulator's own control API: JSON, no sign-in, this machine only (interface.md, "Whop emulator"). */
export function control(emulator: Emulator): Router {
  const router = Router();
  router.use(localOnly, express.json({ limit: '1mb' }));
  router.use(controls(emulator));
  router.use((req, res) => void res.status(404).json({ error: `No such control: ${req.method} ${req.originalUrl}` }));
  router.use(controlErrors);
  return router;
}

export function controls(emulator: Emulator): Router {
  const router = Router();
  for (const part of [
    registrationControl,
    moneyControl,
    sellersControl,
    peopleControl,
    webhooksControl,
    faultsControl,
    stateControl,
  ]) {
    router.use(part(emulator));
  }
  return router;
}
