import type { Request, Response } from 'express';
import { emptyForm, parseForm, type FormState } from '../../forms/form.ts';
import { settingsForm } from '../../forms/settings-form.ts';
import { originOf, recordAudit } from '../../models/audit-event.ts';
import {
  changeSetting,
  SETTING_NAMES,
  settingOrigins,
  settingsNow,
  type SettingName,
} from '../../models/operator-settings.ts';
import { paths } from '../../paths.ts';
import { presentSettings } from '../../presenters/admin/settings.ts';

/** What the operator may change while the shop is open, and where each value comes from. */
export async function show(request: Request, response: Response): Promise<void> {
  await showForm(request, response, emptyForm());
}

/** Holds for purchases and refunds from now on: what was bought keeps the fee that it was sold with. */
export async function update(request: Request, response: Response): Promise<void> {
  const { database, config } = request.services;
  const parsed = parseForm(settingsForm, request.body);
  if (!parsed.valid) return showForm(request, response.status(422), parsed.form);
  const adminId = request.person!.id;
  // Settings are written by the system only, together with the line of the audit log.
  const changed = await database.withSystem('audit', async (trx) => {
    await trx.raw('lock table operator_settings in share row exclusive mode');
    const before = { now: await settingsNow(trx, config), origins: await settingOrigins(trx) };
    const wanted = SETTING_NAMES.filter((name) => isNew(parsed.data[name], before.now[name], before.origins[name]));
    for (const name of wanted) await changeSetting(trx, name, parsed.data[name], adminId);
    const after = await settingsNow(trx, config);
    for (const name of wanted) {
      await recordAudit(trx, {
        actorId: adminId,
        action: 'settings.changed',
        target: { type: 'setting', id: name },
        details: { from: before.now[name], to: after[name], by: parsed.data[name] === null ? 'environment' : 'hand' },
        from: originOf(request),
      });
    }
    return wanted;
  });
  await response.seeOther(paths.adminSettings, {
    kind: 'good',
    text: changed.length ? 'Saved. It holds from now on.' : 'Nothing has changed.',
  });
}

type Value<Name extends SettingName> = NonNullable<ReturnType<typeof settingsForm.parse>[Name]>;

const isNew = <Name extends SettingName>(
  wanted: Value<Name> | null,
  now: Value<Name>,
  origin: object | null,
): boolean => (wanted === null ? origin !== null : origin === null || wanted !== now);

async function showForm(request: Request, response: Response, form: FormState): Promise<void> {
  const { config } = request.services;
  const known = await request.transaction(async (trx) => ({
    now: await settingsNow(trx, config),
    origins: await settingOrigins(trx),
  }));
  const shown = presentSettings({ ...known, environment: config }, request.person!.timeZone);
  await response.page(
    'admin/settings/show',
    { title: 'Settings', nav: 'admin-settings', q: null },
    { ...form, settings: shown, values: form.errors.length ? form.values : shown.values },
  );
}
