import type { OpenSession } from '../models/session.ts';
import { longDate, relative } from './dates.ts';
import { deviceName } from './device.ts';

/** One place where a person is signed in. */
export const presentSession = (session: OpenSession, own: string, zone: string) => ({
  key: session.key,
  device: deviceName(session.userAgent),
  facts: [
    session.address,
    `since ${longDate(session.since, zone)}`,
    session.key === own ? null : `last used ${relative(session.seen, zone)}`,
  ]
    .filter(Boolean)
    .join(' · '),
  own: session.key === own,
});
