import type { Router } from 'express';
import { createRouter } from './router.ts';

export function authRoutes(): Router {
  return createRouter();
}
