import type { Router } from 'express';
import { createRouter } from './router.ts';

export function adminRoutes(): Router {
  return createRouter();
}
