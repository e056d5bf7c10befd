import type { Router } from 'express';
import { createRouter } from './router.ts';

export function orderRoutes(): Router {
  return createRouter();
}
