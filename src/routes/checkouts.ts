import type { Router } from 'express';
import type { RateLimits } from '../middleware/rate-limits.ts';
import type { Services } from '../services.ts';
import { createRouter } from './router.ts';

export function checkoutRoutes(_services: Services, _limits: RateLimits): Router {
  return createRouter();
}
