import type { Request, Response } from 'express';
import type { Transaction } from '../../database.ts';
import { emptyForm, formState, parseForm, type FormState } from '../../forms/form.ts';
import { profileForm, TIME_ZONES } from '../../forms/profile-form.ts';
import { changeProfile, findProfile } from '../../models/profile.ts';
import { findIdentity } from '../../models/whop-identity.ts';
import { paths } from '../../paths.ts';
import { presentAvatar } from '../../presenters/picture.ts';
import { whopAccount } from '../../presenters/whop-account.ts';

export const edit = (request: Request, response: Response): Promise<void> =>
  showAccount(request, response, emptyForm());

/** The account as it is saved, with what to fix in another of its forms. */
export async function showAccount(request: Request, response: Response, form: FormState): Promise<void> {
  const profile = (await request.transaction((trx) => findProfile(trx, request.person!.id)))!;
  await show(request, response, { ...form, values: { ...profile, languages: profile.languages.join(', ') } });
}

export async function update(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(profileForm, request.body);
  if (!parsed.valid) return show(request, response.status(422), parsed.form);
  try {
    await request.transaction((trx) => changeProfile(trx, request.person!.id, parsed.data));
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error;
    const taken = [{ field: 'username', text: 'Somebody has this username already' }];
    return show(request, response.status(422), formState(request.body, taken));
  }
  await response.seeOther(paths.account, { kind: 'good', text: 'Your profile is saved.' });
}

async function show(request: Request, response: Response, form: FormState): Promise<void> {
  const { id, timeZone, displayName, avatarId } = request.person!;
  const { signIns, identity } = await request.transaction(async (trx) => {
    const known = await findIdentity(trx, id);
    return { signIns: await signInMethods(trx, id, known !== undefined), identity: known };
  });
  const whop = whopAccount(identity, { asked: request.session.whopLinkAskedAt !== undefined, timeZone });
  await response.page(
    'account/show',
    { title: 'Your account' },
    {
      ...form,
      ...{ timeZones: TIME_ZONES, signIns, whop, appUrl: new URL(request.services.config.appUrl).host },
      avatar: presentAvatar(displayName, avatarId, 192),
    },
  );
}

/** How this person gets in, in words. */
async function signInMethods(
  trx: Transaction,
  userId: string,
  whop: boolean,
): Promise<{ label: string; value: string }[]> {
  const user = await trx('users')
    .where({ id: userId })
    .first<{ email: string | null; email_verified_at: Date | null; password_hash: string | null }>();
  const address = user.email ? `${user.email}${user.email_verified_at ? '' : ', not confirmed yet'}` : 'none';
  return [
    { label: 'E-mail address', value: address },
    {
      label: 'You sign in with',
      value: [user.password_hash && 'e-mail and password', whop && 'Whop'].filter(Boolean).join(', or '),
    },
  ];
}
