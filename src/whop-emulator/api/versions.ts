import type { Request, RequestHandler } from 'express';
import { badRequest } from './errors.ts';

/** The dated contracts around the SDK's own pin (contract 0.4). Dates compare as strings. */
const STABLE = '2025-01-01';
export const SDK_PIN = '2026-07-20';
const NATIVE_CHECKOUTS = '2026-07-18';
const WITHDRAWALS_GONE = '2026-08-25';
export const NATIVE_DISPUTES = '2026-07-25';
export const ACCOUNT_ENVELOPE = '2026-08-14';
export const NATIVE_PAYMENTS = '2026-09-06';

const SUPPORTED = [
  STABLE,
  NATIVE_CHECKOUTS,
  SDK_PIN,
  '2026-07-22',
  '2026-07-23',
  NATIVE_DISPUTES,
  '2026-07-27',
  '2026-08-10',
  '2026-08-12',
  ACCOUNT_ENVELOPE,
  '2026-08-21',
  WITHDRAWALS_GONE,
  NATIVE_PAYMENTS,
];

export const checkVersion: RequestHandler = (req, _res, next) => {
  const version = req.get('api-version-date');
  if (version && !SUPPORTED.includes(version)) {
    throw badRequest(`Unknown Api-Version-Date. Supported versions: ${SUPPORTED.join(', ')}`);
  }
  next();
};

/** No header means the stable model: the emulator's key carries no pin of its own. */
export const versionOf = (req: Request): string => req.get('api-version-date') ?? STABLE;

export const hasNativeCheckouts = (version: string): boolean => version >= NATIVE_CHECKOUTS;
export const hasNativePayments = (version: string): boolean => version >= NATIVE_PAYMENTS;
export const hasWithdrawals = (version: string): boolean => version < WITHDRAWALS_GONE;
