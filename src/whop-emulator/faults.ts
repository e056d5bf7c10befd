import { z } from 'zod';

const apiFault = z.strictObject({
  /** Answer with this status instead of the real one. */
  status: z.int().min(400).max(599).optional(),
  /** How often, 0 to 1; 1 is always. */
  rate: z.number().min(0).max(1).default(1),
  /** Do the work, then never answer. */
  timeoutAfterWork: z.boolean().optional(),
  /** Destroy the socket: before the work (true, 'before') or after it. */
  cut: z.union([z.boolean(), z.enum(['before', 'after'])]).optional(),
  /** With `status`: do the work first, then lie about it. */
  afterWork: z.boolean().optional(),
  /** Wait this long before anything else. */
  delayMs: z.int().min(0).max(120_000).optional(),
  /** Which calls, e.g. `POST /refunds`, `GET /payments/:id`, `POST *`. Without it: all. */
  only: z.string().optional(),
  /** Only this many calls, then no more. */
  times: z.int().min(1).optional(),
});

export const faultsSchema = z.strictObject({
  webhooks: z
    .strictObject({
      duplicate: z.int().min(0).max(20).optional(),
      delayMs: z.int().min(0).max(120_000).optional(),
      drop: z.number().min(0).max(1).optional(),
      shuffle: z.boolean().optional(),
      badSignature: z.boolean().optional(),
      pin: z.iso.date().optional(),
      legacyNames: z.boolean().optional(),
    })
    .default({}),
  api: z
    .union([apiFault, z.array(apiFault)])
    .optional()
    .transform((faults) => (faults === undefined ? [] : [faults].flat())),
  money: z
    .strictObject({
      /** The application fee is not taken. */
      skipFee: z.boolean().optional(),
      /** The payment's total differs from the price by so many cents. */
      amountOff: z.int().optional(),
      /** Refunds that the seller's balance does not cover are refused (contract 5.1 has seen both). */
      requireBalance: z.boolean().optional(),
      /** What the seller pays for each dispute, and for each early warning, in cents; won, the dispute's comes back. */
      disputeFee: z.int().min(0).optional(),
      alertFee: z.int().min(0).optional(),
      /** Refunds stay pending, or fail. */
      refunds: z.enum(['pending', 'failed']).optional(),
    })
    .default({}),
  oauth: z
    .strictObject({
      /** How the client must authenticate (contract 1.2: any of three has been seen). */
      clientAuthentication: z.enum(['any', 'body', 'basic']).optional(),
    })
    .default({}),
  permissions: z
    .strictObject({
      /** Actions that the API key lacks, e.g. `dms:channel:manage`. */
      denied: z.array(z.string()).optional(),
    })
    .default({}),
});

export type Faults = z.infer<typeof faultsSchema>;
export type ApiFault = Faults['api'][number];

export const NO_FAULTS: Faults = faultsSchema.parse({});

/** In GigFlow's tests a refund goes by its noun, on the wire by its payment. */
const ALIASES: Record<string, string> = { '/refunds': '/payments/:id/refund' };

/**
 * Whether a fault's `only` means this call. A pattern is a method, a path or both; `*` stands for anything,
 * `:name` for one segment; the path may be given from its start or be just its end.
 */
export function concerns(only: string | undefined, method: string, path: string): boolean {
  if (!only) return true;
  const [first = '', second] = only.trim().split(/\s+/);
  const [wantedMethod, wantedPath] = first.startsWith('/') ? ['*', first] : [first, second ?? '*'];
  if (wantedMethod !== '*' && wantedMethod.toUpperCase() !== method) return false;
  const candidates = [wantedPath];
  const alias = ALIASES[wantedPath];
  if (alias && method === 'POST') candidates.push(alias);
  return candidates.some((candidate) => toExpression(candidate).test(path.replace(/\/$/, '')));
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/^\/api\/v1/, '')
    .replace(/\/$/, '')
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:\w+/g, '[^/]+')
    .replace(/\*/g, '.*');
  return new RegExp(`(^|(?=/))${source}$`);
}
