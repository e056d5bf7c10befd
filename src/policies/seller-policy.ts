import type { Person } from '../models/person.ts';
import { allow, deny, type Decision } from './policy.ts';

/** Gigs, deliveries and earnings need a seller account; anybody can open one. */
export const maySell = (person: Person): Decision =>
  person.isSeller ? allow() : deny('Open a seller account first: it takes your name and your country.');
