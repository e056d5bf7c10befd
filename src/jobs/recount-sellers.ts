import { recountSellers as recount } from '../models/seller-record.ts';
import type { Services } from '../services.ts';

/** Every night: what sellers did, and the levels that follow (product.md section 5). */
export const recountSellers = ({ database }: Services): Promise<{ sellers: number; changed: number }> =>
  database.withSystem('jobs', recount);
