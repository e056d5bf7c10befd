import { gigsByAigerim } from './aigerim.ts';
import { gigsByBeatriz } from './beatriz.ts';
import { gigsByCallum } from './callum.ts';
import { gigsByHana } from './hana.ts';
import { gigsByIlse } from './ilse.ts';
import { gigsByKwame } from './kwame.ts';
import { gigsByLinh } from './linh.ts';
import { gigsByMateo } from './mateo.ts';
import { gigsByNoor } from './noor.ts';
import { gigsByRavi } from './ravi.ts';
import { gigsBySunniva } from './sunniva.ts';
import { gigsByTeodora } from './teodora.ts';
import { gigsByThandiwe } from './thandiwe.ts';
import { gigsByTomas } from './tomas.ts';
import type { GigStory } from '../types.ts';

export const gigs: GigStory[] = [
  ...gigsByNoor,
  ...gigsByTeodora,
  ...gigsByHana,
  ...gigsByRavi,
  ...gigsByLinh,
  ...gigsByAigerim,
  ...gigsByThandiwe,
  ...gigsBySunniva,
  ...gigsByKwame,
  ...gigsByMateo,
  ...gigsByIlse,
  ...gigsByBeatriz,
  ...gigsByCallum,
  ...gigsByTomas,
];
