import { convergePayment } from '../../money/convergence.ts';
import type { Handler } from './handler.ts';

/** Every payment event means the same: read the payment again and make it so. */
export const payment: Handler = ({ services, event }) => convergePayment(services, String(event.data.id));
