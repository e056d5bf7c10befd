/** npm run admin -- grant EMAIL | revoke EMAIL: who may enter the operator's rooms. The first admin is made here. */
import { setRole } from '../models/role.ts';
import { withServices } from './context.ts';
import { run } from './run.ts';

await run(async () => {
  const [act, email] = process.argv.slice(2);
  if ((act !== 'grant' && act !== 'revoke') || !email)
    throw new Error('Use: npm run admin -- grant EMAIL, or revoke EMAIL.');
  const found = await withServices((services) => setRole(services.database, email, act === 'grant' ? 'admin' : 'user'));
  if (!found) throw new Error(`Nobody has signed up with ${email}.`);
  console.log(act === 'grant' ? `${email} is an admin now.` : `${email} is no admin any more.`);
});
