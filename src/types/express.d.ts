import type { Actor, Transaction } from '../database.ts';
import type { Person } from '../models/person.ts';
import type { PageMeta } from '../rendering.ts';
import type { Services } from '../services.ts';
import type { FlashMessage } from '../middleware/flash.ts';
import type { Logger } from 'pino';
import type { Upload } from '../models/attachment.ts';
import type { RenderedPicture, Rendition } from '../pictures/render.ts';
import type { Parts } from '../uploads/parts.ts';

declare global {
  namespace Express {
    interface Request {
      id: string;
      log: Logger;
      services: Services;
      /** Who is signed in, read afresh on every request. */
      person: Person | null;
      /** What Postgres is told about the asker. */
      actor: Actor;
      rawBody?: Buffer;
      /** A multipart form that waits to be read. */
      parts?: Parts;
      /** Files that have arrived with the form; the act keeps them (models/attachment.ts). */
      uploads: Upload[];
      /** Pictures that have arrived with the form, drawn anew; the act hangs them (models/gig-image.ts). */
      pictures: RenderedPicture[];
      /** A face that has arrived, drawn anew in its widths. */
      avatar?: Rendition[];
      /** A file that is not taken, such as one too large or one too many: the form says so. */
      uploadRefused?: { field: string; text: string; status: 413 | 422 | 429 };
      /** Runs work in one transaction as the asker. */
      transaction<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
      /** True when htmx asks for the partial of the page. */
      wantsPartial: boolean;
      wantsJson: boolean;
    }
    interface Response {
      /** Renders a page in the layout, or only `meta.partial` when htmx asked for a part. */
      page(view: string, meta: PageMeta, locals?: object): Promise<void>;
      /** Ends an unsafe request: saves the session, then 303 to `location` (JSON callers get the fallback body). */
      seeOther(location: string, flash?: FlashMessage): Promise<void>;
    }
  }
}

declare module 'express-session' {
  interface SessionData {
    userId: string;
    guestBuyerIds: string[];
    csrfToken: string;
    flash: FlashMessage;
    createdAt: string;
    /** When it was last used, to the day. */
    seenAt: string;
    userAgent: string;
    address: string;
    /** The password was right; the code is awaited. */
    secondStep: { userId: string; by: 'password' | 'whop'; next: string; at: number };
    /** Shown once, on the page after the second step was switched on. */
    recoveryCodes: string[];
    /** When the signed-in person asked to connect his Whop account. */
    whopLinkAskedAt: number;
    oauth: { state: string; nonce: string; verifier: string; next: string; intent: 'sign-in' | 'link'; at: number };
  }
}
