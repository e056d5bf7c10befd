/** Runs a command; what goes wrong becomes one sentence and exit code 1. */
export async function run(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const { message, code } = error as { message?: string; code?: string };
    console.error(
      code === 'ECONNREFUSED'
        ? 'The database does not answer at the address of DATABASE_URL.'
        : message || String(error),
    );
    process.exitCode = 1;
  }
}
