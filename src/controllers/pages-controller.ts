import type { Request, Response } from 'express';
import { settingsNow } from '../models/operator-settings.ts';
import { paths } from '../paths.ts';
import { presentFees } from '../presenters/fees.ts';
import { levelRules } from '../presenters/seller-record.ts';

export const orderRules = (_request: Request, response: Response): Promise<void> =>
  response.page('pages/order-rules', {
    title: 'How orders work',
    description: 'From payment to review: who does what, how long everything takes, and what happens when it does not.',
    canonical: paths.orderRules,
  });

export async function fees(request: Request, response: Response): Promise<void> {
  const { config } = request.services;
  const settings = await request.transaction((trx) => settingsNow(trx, config));
  await response.page(
    'pages/fees',
    { title: 'Fees', description: 'What buyers pay and what sellers receive.', canonical: paths.fees },
    { fees: presentFees({ ...config, ...settings }) },
  );
}

export const ranking = (_request: Request, response: Response): Promise<void> =>
  response.page(
    'pages/ranking',
    {
      title: 'How ranking works',
      description: 'The formula behind the order of search results, and what the levels of sellers mean.',
      canonical: paths.ranking,
    },
    { levels: levelRules() },
  );

export const terms = (_request: Request, response: Response): Promise<void> =>
  response.page('pages/terms', {
    title: 'Terms',
    description: 'The rules of this marketplace.',
    canonical: paths.terms,
  });

export const privacy = (_request: Request, response: Response): Promise<void> =>
  response.page('pages/privacy', {
    title: 'Privacy',
    description: 'What is stored about you, who sees it, and how to have it removed.',
    canonical: paths.privacy,
  });

/** Every component in one place, for who builds pages. */
export const styleguide = (_request: Request, response: Response): Promise<void> =>
  response.page('styleguide/show', { title: 'Components', robots: 'noindex' });
