import { PictureRefused, renderAvatar, renderPicture } from './render.ts';
import type { Answer, Task } from './renderer.ts';

/** Draws what its parent asks for, one file after the other, until the parent is done with it. */
process.on('disconnect', () => process.exit());
process.on('message', ({ kind, file }: Task) => {
  const drawn = kind === 'avatar' ? renderAvatar(file) : renderPicture(file);
  drawn
    .then((result): Answer => ({ result }))
    .catch((error: Error): Answer => ({ refused: error instanceof PictureRefused, message: error.message }))
    .then((answer) => process.send!(answer))
    .catch(() => process.exit(1));
});
