import type { Config } from '../config.ts';

/** Where the elements' script comes from; the same for all of them. */
export const elementHosts = ({ whop: { hosts } }: Config) => ({
  environment: hosts.elementsEnvironment,
  scriptUrl: hosts.elementsScript,
});
