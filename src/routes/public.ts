import type { Router } from 'express';
import type { Services } from '../services.ts';
import { createRouter } from './router.ts';

export function publicRoutes(_services: Services): Router {
  return createRouter();
}
