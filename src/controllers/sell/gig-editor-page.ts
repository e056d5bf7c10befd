import type { Request, Response } from 'express';
import type { Config } from '../../config.ts';
import type { Transaction } from '../../database.ts';
import { NotFound } from '../../errors.ts';
import type { FormState } from '../../forms/form.ts';
import type { GigValues } from '../../forms/gig-values.ts';
import { allCategories, type Category } from '../../models/category.ts';
import { takeFlash } from '../../middleware/flash.ts';
import { readWorkingCopy, type WorkingCopy } from '../../models/gig.ts';
import { standingOf } from '../../models/gig-list.ts';
import { settingsNow } from '../../models/operator-settings.ts';
import { presentGalleryEditor } from '../../presenters/gallery-editor.ts';
import { presentEditor } from '../../presenters/gig-editor.ts';
import { presentStanding, type GigStanding } from '../../presenters/gig-standing.ts';

/** What the editor shows beside what was typed. */
interface Surroundings {
  categories: Category[];
  standing: GigStanding | undefined;
  feeBps: number;
}

export async function surroundings(trx: Transaction, gig: WorkingCopy | null, config: Config): Promise<Surroundings> {
  return {
    categories: await allCategories(trx),
    standing: gig ? await standingOf(trx, gig.id) : undefined,
    feeBps: (await settingsNow(trx, config)).platformFeeBps,
  };
}

/** The asker's own gig of the address. @throws NotFound */
export async function ownGig(trx: Transaction, request: Request): Promise<WorkingCopy> {
  const gig = await readWorkingCopy(trx, String(request.params.id));
  if (gig?.seller_id !== request.person!.id) throw new NotFound();
  return gig;
}

/** The editor of a gig, or of a new one, with what was typed; its part for htmx is the gallery. */
export async function showEditor(
  request: Request,
  response: Response,
  gig: WorkingCopy | null,
  values: GigValues,
  form: FormState,
  known?: Surroundings,
): Promise<void> {
  const { config } = request.services;
  const { categories, standing, feeBps } =
    known ?? (await request.transaction((trx) => surroundings(trx, gig, config)));
  const { currency } = config;
  await response.page(
    'seller/gigs/edit',
    {
      title: gig ? `Edit ${gig.title}` : 'New gig',
      nav: 'sell-gigs',
      ...(gig && { partial: 'seller/gigs/_pictures' }),
    },
    {
      editor: presentEditor(
        values,
        form,
        gig,
        { categories, feeBps, currency, pictures: gig?.images.length ?? 0 },
        formKeyOf(request),
      ),
      gallery: gig && presentGalleryEditor(gig.id, gig.images, form),
      notice: request.wantsPartial ? takeFlash(request) : null,
      standing: standing && presentStanding(standing),
      errors: form.errors,
    },
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The key of the form that was sent; empty when it carries none. */
export function formKeyOf(request: Request): string {
  const { form_key: key } = request.body as { form_key?: unknown };
  return typeof key === 'string' && UUID.test(key) ? key : '';
}
