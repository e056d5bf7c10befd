import { randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export type IdPrefix =
  | 'al'
  | 'apfee'
  | 'apik'
  | 'biz'
  | 'ch'
  | 'ctt'
  | 'dlv'
  | 'dmm'
  | 'dspa'
  | 'dspt'
  | 'feed'
  | 'hook'
  | 'idpf'
  | 'ldgr'
  | 'lent'
  | 'mber'
  | 'mem'
  | 'pay'
  | 'payt'
  | 'plan'
  | 'poact'
  | 'post'
  | 'potk'
  | 'prod'
  | 'req'
  | 'rese'
  | 'reso'
  | 'rf'
  | 'scs'
  | 'tds'
  | 'user'
  | 'verf'
  | 'wdrl';

const letters = (length: number): string => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** A fresh id in Whop's manner: prefix and 14 letters or digits (contract A.12). */
export const newId = (prefix: IdPrefix): string => `${prefix}_${letters(14)}`;

/** The id of one event, equal to its `webhook-id` header; longer than other ids (contract 11.3). */
export const newMessageId = (): string => `msg_${letters(24)}`;

export const newSecret = (prefix: 'ws' | 'apik' | 'code' | 'oart' | 'oaat'): string => `${prefix}_${letters(48)}`;
