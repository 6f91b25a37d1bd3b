/**
 * Completion of C expressions in the debug console and in watches.
 *
 * In: the text before the caret, a frame. Out: DAP completion items: members after `.` and `->` (of the live value, so
 * that function tables and unions show what they hold), names of locals, globals, functions, constants elsewhere.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { SessionApi, StackFrame } from '../facade/session';

const mostItems = 200;
/** Characters before the caret that are looked at. */
const LONGEST = 2000;

export function completionsAt(
  session: SessionApi,
  text: string,
  column: number,
  line: number,
  frame: StackFrame | undefined,
): DebugProtocol.CompletionItem[] {
  // Where the caret's line begins in a text of several.
  const lines = text.split('\n').slice(0, Math.max(1, line));
  const lineStart = lines.slice(0, -1).reduce((length, each) => length + each.length + 1, 0);
  const before = text.slice(lineStart, lineStart + Math.max(0, column - 1));
  const member = /(?:->|\.)\s*([A-Za-z_]\w*)?$/.exec(before);
  const typed = member ? (member[1] ?? '') : (/[A-Za-z_]\w*$/.exec(before)?.[0] ?? '');
  const found = member
    ? members(session, operandAtEnd(before.slice(0, member.index).slice(-LONGEST)), frame)
    : names(session, frame);
  const items: DebugProtocol.CompletionItem[] = [];
  for (const item of found) {
    if (item.label.startsWith(typed) && items.length < mostItems) {
      items.push({ ...item, start: lineStart + before.length - typed.length, length: typed.length });
    }
  }
  return items;
}

function members(session: SessionApi, base: string, frame: StackFrame | undefined): DebugProtocol.CompletionItem[] {
  let { value } = session.evaluate(base, frame);
  if (value?.scalar.kind === 'pointer') {
    value = session.evaluate(`*(${base})`, frame).value;
  }
  const fields = value?.children(0, value.named) ?? [];
  return fields.map(({ name, type }) => ({ label: name, type: 'field', detail: type }));
}

/** The operand that a text ends with: a name, a call, an element, or what is in parentheses, with the members before it. */
function operandAtEnd(text: string): string {
  let start = text.length;
  for (;;) {
    start = text.slice(0, start).trimEnd().length;
    while (/[)\]]/.test(text[start - 1] ?? '')) {
      start = text.slice(0, opening(text, start - 1)).trimEnd().length;
    }
    const [name = ''] = /\w*$/.exec(text.slice(0, start)) ?? [];
    const [access] = /(?:->|\.)\s*$/.exec(text.slice(0, start - name.length)) ?? [];
    start -= name.length + (access?.length ?? 0);
    if (access === undefined || start <= 0) {
      return text.slice(Math.max(0, start)).trim();
    }
  }
}

/** Where the parenthesis or bracket opens that closes at `end`; the beginning when none does. */
function opening(text: string, end: number): number {
  let depth = 0;
  for (let at = end; at >= 0; at--) {
    depth += /[)\]]/.test(text[at] ?? '') ? 1 : /[([]/.test(text[at] ?? '') ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return 0;
}

function* names(session: SessionApi, frame: StackFrame | undefined): Generator<DebugProtocol.CompletionItem> {
  const seen = new Set<string>();
  const item = (
    label: string,
    type: DebugProtocol.CompletionItemType,
    detail?: string,
  ): DebugProtocol.CompletionItem[] => {
    if (label === '' || seen.has(label)) {
      return [];
    }
    seen.add(label);
    return [{ label, type, detail }];
  };
  for (const { name, type } of frame ? session.locals(frame) : []) {
    yield* item(name, 'variable', type);
  }
  for (const { name, kind, type } of session.names()) {
    yield* item(name, kind === 'constant' ? 'enum' : kind, type);
  }
}
