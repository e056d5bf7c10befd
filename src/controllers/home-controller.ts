import type { Request, Response } from 'express';
import { countedCategories } from '../models/category.ts';
import { newestListings } from '../models/listing.ts';
import { settingsNow } from '../models/operator-settings.ts';
import { paths } from '../paths.ts';
import { presentHome } from '../presenters/home.ts';

const NEWEST = 6;

export async function show(request: Request, response: Response): Promise<void> {
  const { config, database } = request.services;
  const { categories, newest, settings } = await request.transaction(async (trx) => ({
    categories: await countedCategories(trx, database),
    newest: await newestListings(trx, NEWEST),
    settings: await settingsNow(trx, config),
  }));
  await response.page(
    'home/show',
    {
      title: 'GigFlow',
      description: 'Freelance work at fixed prices with clear dates. Accept the work when it is right.',
      canonical: paths.home,
      q: null,
    },
    { home: presentHome(categories, newest, { ...config, ...settings }) },
  );
}
