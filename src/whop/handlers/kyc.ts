import type { Handler } from './handler.ts';

/** Replaced by the seller account's own re-read (models/seller-account.ts). */
export const kyc: Handler = async () => async () => {};
