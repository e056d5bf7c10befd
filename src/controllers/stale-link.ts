import type { Response } from 'express';

/** A mailed link that was used, replaced or is too old. */
export const showStaleLink = (response: Response, again: { href: string; text: string }): Promise<void> =>
  response
    .status(410)
    .page('errors/stale-link', { title: 'This link does not work any more', q: null, robots: 'noindex' }, { again });
