/**
 * What the command line prints of texts that come from outside (notes, file names, source lines, scripts): characters
 * that a terminal obeys are shown and not sent.
 *
 * In: a text. Out: the same with each control character as `\x1b` and each character that turns the direction of writing
 * as `\u202e`; line ends and tabs stay. In JSON the same characters are written as JSON's own escapes, so that a reader of
 * the JSON gets them as they were.
 */

const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** Text for a person. */
export function visibleText(text: string): string {
  return text.replace(obeyed, (letter) => {
    const code = letter.charCodeAt(0);
    return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
  });
}

/** The same on one line: a file may have a line end in its name. */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll('\n', '\\x0a');
}

/** A value as JSON that does nothing to a terminal. */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(obeyed, (letter) => `\\u${hex(letter.charCodeAt(0), 4)}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
