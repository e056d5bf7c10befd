import { Router } from 'express';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { faultsSchema } from '../faults.ts';
import { controlBody } from './body.ts';

/** Misbehave from now on, in this way and no other; `{}` behaves again. */
export function faultsControl(emulator: Emulator): Router {
  const { store, limits } = emulator;
  const router = Router();

  router.get('/faults', (_req, res) => void res.json(store.faults));

  router.put('/faults', (req, res) => {
    store.faults = controlBody(req, faultsSchema);
    res.json(store.faults);
  });

  router.put('/limits', (req, res) => {
    limits.perMinute = controlBody(req, z.strictObject({ perMinute: z.int().min(1) })).perMinute;
    res.json(limits);
  });

  return router;
}
