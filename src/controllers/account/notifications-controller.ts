import type { Request, Response } from 'express';
import { z } from 'zod';
import { Invalid } from '../../errors.ts';
import { calendarToken } from '../../models/calendar.ts';
import { chooseMails, unwantedTopics } from '../../models/notification-settings.ts';
import { paths } from '../../paths.ts';
import { TOPICS } from '../../presenters/notification-words.ts';

/** Ticked boxes: one comes as a word, several as a list, none not at all. */
const form = z.object({
  topics: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((value) => [value].flat()),
});

/** Which mails a person wants. What happened stands on his notifications page in any case. */
export async function edit(request: Request, response: Response): Promise<void> {
  const unwanted = await request.transaction((trx) => unwantedTopics(trx, request.person!.id));
  const { config } = request.services;
  const feed = config.appUrl + paths.calendar(calendarToken(config, request.person!.id));
  await response.page(
    'account/notifications',
    { title: 'Mails' },
    {
      topics: Object.entries(TOPICS).map(([value, text]) => ({ value, text, checked: !unwanted.includes(value) })),
      feed,
    },
  );
}

export async function update(request: Request, response: Response): Promise<void> {
  const parsed = form.safeParse(request.body);
  if (!parsed.success) throw new Invalid({ topics: 'Choose from the list.' });
  const { topics } = parsed.data;
  const choice = Object.keys(TOPICS).map((topic) => ({ topic, mail: topics.includes(topic) }));
  await request.transaction((trx) => chooseMails(trx, request.person!.id, choice));
  await response.seeOther(paths.accountNotifications, { kind: 'good', text: 'Your choice is saved.' });
}
