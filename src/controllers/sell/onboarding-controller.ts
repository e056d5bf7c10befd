import type { Request, Response } from 'express';
import { Invalid } from '../../errors.ts';
import { COUNTRIES } from '../../forms/countries.ts';
import { emptyForm, formState, parseForm, type FormState } from '../../forms/form.ts';
import { onboardingForm } from '../../forms/onboarding-form.ts';
import { changeProfile } from '../../models/profile.ts';
import { findSeller, syncKyc, type SellerAccount } from '../../models/seller-account.ts';
import { isOpening, openCompany, saveSellerAccount } from '../../models/seller-company.ts';
import { addEmail } from '../../models/user.ts';
import { paths } from '../../paths.ts';
import { identityView } from '../../presenters/identity.ts';

/** Three faces of one address: the form, the short wait for Whop, the identity check. */
export async function show(request: Request, response: Response): Promise<void> {
  const person = request.person!;
  if (request.query.returned === '1') await lookAgain(request);
  const account = await request.transaction((trx) => findSeller(trx, person.id));
  if (account?.whop_company_id) return showIdentity(request, response, account);
  if (account && isOpening(account)) return showOpening(response);
  await showForm(
    request,
    response,
    emptyForm({ display_name: account?.company_title ?? person.displayName, country: account?.country ?? '' }),
  );
}

export async function create(request: Request, response: Response): Promise<void> {
  const person = request.person!;
  const parsed = parseForm(onboardingForm(person.email), request.body);
  if (!parsed.valid) return showForm(request, response.status(422), parsed.form);
  const { display_name, country, email } = parsed.data;
  if (!person.email && !(await addEmail(request.services.database, person.id, email))) {
    return refuse(request, response, { email: 'This e-mail address has an account already' });
  }
  await request.transaction(async (trx) => {
    await saveSellerAccount(trx, person.id, { title: display_name, country });
    await changeProfile(trx, person.id, { display_name });
  });
  try {
    await openCompany(request.services, person.id, email);
  } catch (error) {
    if (error instanceof Invalid) return refuse(request, response, error.errors);
    throw error;
  }
  await response.seeOther(paths.onboarding);
}

/** A lost answer is no reason to fail the page: it says what we knew last. */
async function lookAgain(request: Request): Promise<void> {
  try {
    await syncKyc(request.services, request.person!.id);
  } catch (error) {
    request.log.warn({ err: error }, 'identity check could not be read');
  }
}

const refuse = (request: Request, response: Response, errors: Record<string, string>): Promise<void> =>
  showForm(
    request,
    response.status(422),
    formState(
      request.body,
      Object.entries(errors).map(([field, text]) => ({ field, text })),
    ),
  );

function showForm(request: Request, response: Response, form: FormState): Promise<void> {
  const asksForEmail = request.person!.email === null || form.messages.email !== undefined;
  const values = { email: request.person!.email ?? '', ...form.values };
  return response.page(
    'seller/onboarding',
    { title: 'Start selling', nav: 'sell' },
    { ...form, values, asksForEmail, countries: [{ value: '', text: 'Choose a country' }, ...COUNTRIES] },
  );
}

const showOpening = (response: Response): Promise<void> =>
  response.page('seller/opening', { title: 'Opening your seller account', refresh: '3' });

const showIdentity = (request: Request, response: Response, account: SellerAccount): Promise<void> =>
  response.page(
    'seller/identity',
    { title: 'Identity check', nav: 'sell', partial: 'seller/_identity' },
    { identity: identityView(account, request.services.config, request.person!.timeZone) },
  );
