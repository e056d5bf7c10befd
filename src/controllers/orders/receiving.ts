import type { RequestHandler } from 'express';
import { parseForm } from '../../forms/form.ts';
import { formKey } from '../../forms/order-forms.ts';
import { askerOf, loadOrder } from '../../middleware/load-order.ts';
import { isFilesField, receiveFiles } from '../../middleware/receive-files.ts';
import { firstLocation } from '../../models/form-submission.ts';
import { findRequirements, questionOf } from '../../models/order/requirements.ts';
import { authorizeAct, requireMoment, type OrderAct } from '../../policies/order-acts.ts';

/**
 * Takes the files of an act on an order. Order, policy, repeat and state are asked as the act itself will ask them again,
 * before the first byte is kept: nobody fills the store with what cannot be sent.
 */
export const filesOf = (act: OrderAct): RequestHandler =>
  receiveFiles((request) =>
    request.transaction(async (trx) => {
      const asker = askerOf(request);
      const order = await loadOrder(request, trx);
      authorizeAct(act, asker, order);
      const form = parseForm(formKey, request.body);
      const key = form.valid ? form.data.form_key : undefined;
      if (key && 'id' in asker.actor && (await firstLocation(trx, asker.actor.id, key))) return 'repeated';
      requireMoment(act, asker, order);
      const thread = { order_id: order.id };
      if (act !== 'requirements') return { takes: isFilesField, thread };
      const questions = await findRequirements(trx, order.id);
      const asked = new Set(questions.filter(({ kind }) => kind === 'file').map(({ id }) => id));
      return { takes: (field) => asked.has(questionOf(field) ?? ''), thread };
    }),
  );
