import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Unavailable } from '../errors.ts';
import { PictureRefused, type RenderedPicture, type Rendition } from './render.ts';

export interface Task {
  kind: 'picture' | 'avatar';
  file: string;
}
export type Answer = { result: RenderedPicture | Rendition[] } | { refused: boolean; message: string };

/** Who would wait longer than a browser does is told at once. */
const MOST_WAITING = 12;
const PATIENCE = 25_000;
const IDLE = 5_000;

/** glibc keeps what decoders gave back: without this, eight large pictures took 390 MB, with it 255. */
const THRIFTY = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' };

let renderer: ChildProcess | null = null;
let leaving: NodeJS.Timeout | undefined;
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * Renders a gallery picture, in another process: what a decoder takes of memory goes back with it, and a file that breaks
 * the decoder breaks nothing else. It holds no secret. One file at a time.
 * @throws PictureRefused; Unavailable when too many wait
 */
export const renderPicture = (file: string): Promise<RenderedPicture> =>
  inTurn({ kind: 'picture', file }) as Promise<RenderedPicture>;

/** Renders a face, as renderPicture() does. */
export const renderAvatar = (file: string): Promise<Rendition[]> =>
  inTurn({ kind: 'avatar', file }) as Promise<Rendition[]>;

async function inTurn(task: Task): Promise<RenderedPicture | Rendition[]> {
  if (waiting >= MOST_WAITING) throw new Unavailable('Too many pictures wait to be drawn');
  waiting += 1;
  const turn = last.then(() => draw(task));
  last = turn.catch(() => {});
  try {
    return await turn;
  } finally {
    waiting -= 1;
  }
}

async function draw(task: Task): Promise<RenderedPicture | Rendition[]> {
  clearTimeout(leaving);
  const child = (renderer ??= start());
  const end = new AbortController();
  child.channel?.ref();
  try {
    child.send(task);
    const answer = await Promise.race([
      once(child, 'message', { signal: end.signal }).then(([message]) => message as Answer),
      once(child, 'exit', { signal: end.signal }).then(() => null),
      new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null).unref()),
    ]);
    if (answer && 'result' in answer) return answer.result;
    if (answer && !answer.refused) throw new Error(answer.message);
    if (!answer) giveUp(child);
    throw new PictureRefused(answer?.message ?? 'could not be read. Save it again, or choose another picture');
  } finally {
    end.abort();
    child.channel?.unref();
    leaving = setTimeout(() => giveUp(child), IDLE).unref();
  }
}

function start(): ChildProcess {
  const extension = import.meta.filename.slice(-3);
  const child = fork(join(import.meta.dirname, `render-process${extension}`), {
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, ...THRIFTY },
    execArgv: [
      ...(extension === '.ts' ? ['--import', createRequire(import.meta.url).resolve('tsx')] : []),
      '--max-old-space-size=64',
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.unref();
  child.once('exit', () => {
    if (renderer === child) renderer = null;
  });
  // A child that ends while it is spoken to: its exit says all.
  child.on('error', () => {});
  return child;
}

function giveUp(child: ChildProcess): void {
  if (renderer === child) renderer = null;
  child.kill('SIGKILL');
}
