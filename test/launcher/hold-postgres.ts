/** Starts the embedded Postgres of the folder in argv, says where, and holds it until standard input ends. */
import { startPostgres } from '../../src/embedded-postgres/start-postgres.ts';

const postgres = await startPostgres({ dataDir: process.argv[2]! });
process.stdout.write(JSON.stringify({ url: postgres.url, owner: postgres.ended !== undefined }) + '\n');
process.stdin.resume().once('end', () => void postgres.stop());
