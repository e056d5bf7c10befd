import { keyedOnce, type Connection } from './connection.ts';
import { centsToWhop } from './money.ts';

export interface NewTransfer {
  /** GigFlow's row; finds the transfer again when its answer was lost. */
  reference: string;
  key: string;
  toCompanyId: string;
  amountCents: number;
  currency: string;
  note: string;
}

export interface Transfers {
  /** Moves money from the platform to a seller's company; never repeated by itself. @returns the transfer's id */
  transferToSeller(transfer: NewTransfer): Promise<string>;
  /** The transfer that was made for a row of ours, if any. */
  findTransfer(toCompanyId: string, reference: string): Promise<string | null>;
}

export function transfers({ sdk, ask, config }: Connection): Transfers {
  const platform = config.whop.platformCompanyId;
  return {
    transferToSeller: async ({ reference, key, toCompanyId, amountCents, currency, note }) => {
      const created = await ask('transfers.create', () =>
        sdk.transfers.create(
          {
            amount: centsToWhop(amountCents),
            currency: currency as 'usd',
            origin_id: platform,
            destination_id: toCompanyId,
            idempotence_key: key,
            metadata: { gigflow_reference: reference },
            notes: note.slice(0, 50),
          },
          keyedOnce(key),
        ),
      );
      return (created as { id: string }).id;
    },

    findTransfer: (toCompanyId, reference) =>
      ask('transfers.list', async () => {
        const wanted = { origin_id: platform, destination_id: toCompanyId };
        for await (const transfer of sdk.transfers.list({ ...wanted, order: 'created_at', direction: 'desc' })) {
          const { metadata } = transfer as { metadata?: Record<string, unknown> | null };
          if (metadata?.gigflow_reference === reference) return transfer.id;
        }
        return null;
      }),
  };
}
