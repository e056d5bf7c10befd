import { fork } from 'node:child_process';
import { once } from 'node:events';

export type Child = {
  url: string;
  /** How it ended, as the end of a sentence; resolves when it does. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

const GRACE_MS = 5_000;

/**
 * Runs a module of ours in a process of its own and waits until it says `{ ready: true, url }`. It stands outside our process group, so
 * that Ctrl-C reaches it through us, and ends with us because it loses the channel.
 */
export async function startChild(name: string, file: string, env: NodeJS.ProcessEnv): Promise<Child> {
  const child = fork(file, {
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // As the Procfile has it: without a bound V8 tidies up late on a machine with much memory.
    execArgv: [...process.execArgv, '--max-old-space-size=192'],
  });
  const ended = once(child, 'exit').then(([code, signal]) =>
    signal ? `was ended by ${signal}` : `ended with code ${code}`,
  );
  const ready = new Promise<string>((resolve) => {
    child.on('message', (message: { ready?: boolean; url?: string }) => {
      if (message.ready && message.url) resolve(message.url);
    });
  });
  const url = await Promise.race([
    ready,
    ended.then((how) => {
      throw new Error(`${name} ${how} before it was ready.`);
    }),
  ]);
  return {
    url,
    ended,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(impatience);
    },
  };
}
