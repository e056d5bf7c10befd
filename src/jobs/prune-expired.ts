import { forgetExpired } from '../models/expired.ts';
import type { Services } from '../services.ts';

/** Takes away sessions, mailed links and form keys that are over, and network addresses after 13 months. */
export const pruneExpired = ({ database }: Services): Promise<Record<string, number>> =>
  database.withSystem('jobs', forgetExpired);
