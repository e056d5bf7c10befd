const LONGEST = 200;
/** Control characters, and the invisible ones that turn text around so that `exe.pdf` is read where `fdp.exe` stands. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** A file's name as it is kept and shown: no path, nothing invisible, at most 200 characters, its ending kept. */
export function cleanFileName(given: string): string {
  const name = given
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/^.*[/\\]/, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (name === '') return 'file';
  const characters = [...name];
  if (characters.length <= LONGEST) return name;
  const ending = /\.[^.\s]{1,12}$/u.exec(name)?.[0] ?? '';
  return characters.slice(0, LONGEST - [...ending].length).join('') + ending;
}
