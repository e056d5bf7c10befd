import { convergeWithdrawal } from '../../money/withdrawing.ts';
import type { Handler } from './handler.ts';

export const withdrawal: Handler = ({ services, event }) => convergeWithdrawal(services, String(event.data.id));
