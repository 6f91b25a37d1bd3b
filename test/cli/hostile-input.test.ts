/**
 * Inputs that nobody writes and `npm run fuzz` found: each ends with a status and a sentence, in bounded time, and is
 * kept here in its shortest form.
 */
import { describe, test } from 'vitest';
import { check } from './cli-fixture';

/** A hosted program given as text. */
const cc = (text: string, expected: Parameters<typeof check>[1], options = ''): Promise<void> =>
  check(`cc a.c ${options}`, expected, { files: { 'a.c': text } }).then(() => undefined);

describe('programs that never end are ended by their budget', () => {
  test.each([
    ['computed jumps alone', 'int main(void) { void *p = &&here; here: goto *p; }'],
    [
      'a computed jump out of a statement expression',
      'int main(void) { void *p = &&here; int n = 0; here: n += ({ goto *p; 0; }); return n; }',
    ],
  ])('%s', (_name, text) => cc(text, { status: 1, err: 'stopped after 300,000 statements' }, '--budget 300000'));
});
