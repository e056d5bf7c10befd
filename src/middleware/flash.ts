import type { Request } from 'express';

export interface FlashMessage {
  kind: 'good' | 'info' | 'bad';
  text: string;
}

/** Takes the message that the last act left for this person; it is shown once. */
export function takeFlash(request: Request): FlashMessage | null {
  const flash = request.session?.flash ?? null;
  if (flash) delete request.session.flash;
  return flash;
}
