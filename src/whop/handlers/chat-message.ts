import { tellOfChat } from '../../models/whop-dm-channel.ts';
import { chatMessageIn } from '../chat.ts';
import type { Handler } from './handler.ts';

/** Somebody wrote in Whop's chat: the other side hears of it here too (contract 8.3, 11.5). The words stay at Whop. */
export const chatMessage: Handler = async ({ event }) => {
  const message = chatMessageIn(event.data);
  return async (trx) => {
    if (message) await tellOfChat(trx, message);
  };
};
