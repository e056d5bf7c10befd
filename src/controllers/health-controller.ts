import type { Request, RequestHandler, Response } from 'express';
import { pendingMigrations } from '../migrations.ts';
import type { Services } from '../services.ts';

/** The process answers. */
export function live(_request: Request, response: Response): void {
  response.set('Cache-Control', 'no-store').json({ status: 'ok' });
}

/** The database answers, is up to date, and our role may not step over row level security. */
export const ready =
  (services: Services): RequestHandler =>
  async (_request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      const { rows } = await services.database.pool.raw<{ rows: { unsafe: boolean }[] }>(
        'select rolsuper or rolbypassrls as unsafe from pg_roles where rolname = current_user',
      );
      const missing = await pendingMigrations(services.database.pool);
      const problems = [
        ...(rows[0]?.unsafe ? ['the database role ignores row level security'] : []),
        ...(missing.length ? [`${missing.length} migrations are missing`] : []),
      ];
      response.status(problems.length ? 503 : 200).json({ status: problems.length ? 'not ready' : 'ok', problems });
    } catch {
      response.status(503).json({ status: 'not ready', problems: ['the database does not answer'] });
    }
  };
