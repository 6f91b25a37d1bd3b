/**
 * Reads a story from the lines of a scenario or a document.
 *
 *   //! moment: calls(tcp_v4_conn_request) show sk, skb     begins a moment
 *   //! view: queues                                         cards (if not said), packets, queues, states, graphs
 *   //! text.en: …   //! text.zh: …                          several lines make one paragraph
 *   //! predict.en: …   //! predict.zh: …                    a question that the next moment answers
 *   //! kernel: bundled                                      this moment is only there; or: linux
 *
 * In: the lines in their order (of a document: its text, where a line may begin with a mark such as `>`, `#`, `*`). Out:
 * a story and diagnostics; a moment that cannot be read is left out.
 */
import type { Bilingual } from '../base/bilingual';
import { QuestionError } from '../history/field-expression';
import { parseMoment, type Nearest, type Question } from '../history/question';
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile, Span } from '../source/source-file';
import {
  documentStoryKeys,
  storyViews,
  type Story,
  type StoryLine,
  type StoryMoment,
  type StoryView,
} from './story-model';

export interface ReadStory {
  readonly story: Story;
  readonly diagnostics: readonly Diagnostic[];
}

/** A story has at most so many moments; more cannot be looked through. */
const MOST_MOMENTS = 200;

export function readStory(file: SourceFile, lines: readonly StoryLine[], nearest: Nearest): ReadStory {
  const reader = new StoryReader(file, nearest);
  const groups: StoryLine[][] = [];
  let scenario: StoryLine | undefined;
  for (const line of lines) {
    const group = groups.at(-1);
    if (line.key === 'scenario') {
      scenario = line;
    } else if (line.key === 'moment') {
      groups.push([line]);
    } else if (group) {
      group.push(line);
    } else {
      reader.tell(line, sentence('key-stands-before-any-moment', { key: line.key }), sentence('begin-with-a-moment'));
    }
  }
  const beyond = groups[MOST_MOMENTS]?.[0];
  if (beyond) {
    reader.tell(
      beyond,
      sentence('a-story-has-at-most-limit-moments', { limit: MOST_MOMENTS }),
      sentence('leave-some-out'),
    );
  }
  const read = groups.slice(0, MOST_MOMENTS);
  const moments = read.flatMap((group, index) => reader.moment(group, index === read.length - 1) ?? []);
  const named = scenario && { name: scenario.value, place: reader.valueOf(scenario) };
  return { story: { ...(named ? { scenario: named } : {}), moments }, diagnostics: reader.diagnostics };
}

/** The lines of a story in a document. */
export function storyLinesOf(text: string): StoryLine[] {
  const lines: StoryLine[] = [];
  const pattern = /^[ \t]*(?:[>#*;-]+[ \t]*|<!--[ \t]*)*\/\/![ \t]*([a-z][\w.]*)[ \t]*:(.*)$/gm;
  for (const match of text.matchAll(pattern)) {
    const [all, key = '', value = ''] = match;
    if (documentStoryKeys.some((each) => each === key)) {
      const end = match.index + all.trimEnd().length;
      lines.push({
        key,
        value: value.replace(/(?:-->|\*\/)\s*$/, '').trim(),
        start: match.index + all.indexOf('//!'),
        end,
      });
    }
  }
  return lines;
}

class StoryReader {
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly file: SourceFile,
    private readonly nearest: Nearest,
  ) {}

  tell(where: { readonly start: number; readonly end: number }, message: Words, remedy?: Words): void {
    const span = { file: this.file, start: where.start, end: where.end };
    this.diagnostics.push({ code: 'SS5011', severity: 'error', span, message, remedy });
  }

  /** Where the value of a line stands. */
  valueOf({ value, start, end }: StoryLine): Span {
    const at = this.file.text.lastIndexOf(value, end - value.length);
    return { file: this.file, start: at < start ? start : at, end: at < start ? end : at + value.length };
  }

  moment(lines: readonly StoryLine[], isLast: boolean): StoryMoment | undefined {
    const [head] = lines;
    const parsed = head && this.question(head);
    if (!head || !parsed) {
      return undefined;
    }
    const text = this.texts(lines, 'text', head);
    const predict = this.texts(lines, 'predict', undefined);
    if (predict && isLast) {
      const line = lines.find(({ key }) => key.startsWith('predict')) ?? head;
      this.tell(line, sentence('nothing-answers-the-last-question'), sentence('add-a-moment-that-answers'));
    }
    const kernel = this.oneOf(lines, 'kernel', ['bundled', 'linux'] as const);
    return {
      moment: head.value,
      place: this.valueOf(head),
      view: this.oneOf(lines, 'view', storyViews) ?? usualView(parsed),
      text: text ?? { en: '', zh: '' },
      ...(predict && !isLast ? { predict } : {}),
      ...(kernel ? { kernel } : {}),
    };
  }

  private question(line: StoryLine): Question | undefined {
    try {
      return parseMoment(line.value, this.nearest);
    } catch (error) {
      if (!(error instanceof QuestionError)) {
        throw error;
      }
      const { message, at, remedy } = error.problem;
      const { start, end } = this.valueOf(line);
      this.tell({ start: Math.min(start + at, end), end }, message, remedy);
      return undefined;
    }
  }

  /** A text in both languages; told when one is missing. Without `head` there need be none. */
  private texts(lines: readonly StoryLine[], key: string, head: StoryLine | undefined): Bilingual | undefined {
    const en = joined(lines, `${key}.en`);
    const zh = joined(lines, `${key}.zh`);
    const missing = en === '' ? `${key}.en` : zh === '' ? `${key}.zh` : undefined;
    const line = head ?? lines.find((each) => each.key.startsWith(key));
    if (missing !== undefined && line) {
      this.tell(
        line,
        sentence('this-moment-has-no-key', { key: missing }),
        sentence('write-key-behind-it', { key: missing }),
      );
    }
    return en === '' && zh === '' ? undefined : { en: en || zh, zh: zh || en };
  }

  private oneOf<Name extends string>(
    lines: readonly StoryLine[],
    key: string,
    names: readonly Name[],
  ): Name | undefined {
    const line = lines.filter((each) => each.key === key).at(-1);
    const found = names.find((each) => each === line?.value);
    if (line && !found) {
      const near = this.nearest(line.value, names);
      this.tell(
        this.valueOf(line),
        sentence('key-cannot-be-value', { key, value: line.value }),
        near === undefined
          ? sentence('write-one-of-list', { list: names.join(', ') })
          : sentence('did-you-mean-the-name', { near }),
      );
    }
    return found;
  }
}

/** What suits a moment that does not say what to show. */
function usualView({ subject }: Question): StoryView {
  return subject.kind === 'packets' ? 'packets' : subject.kind === 'sockets' ? 'states' : 'cards';
}

/** Lines of a key as one paragraph: between Chinese letters there is no blank. */
function joined(lines: readonly StoryLine[], key: string): string {
  return lines
    .filter((line) => line.key === key)
    .map(({ value }) => value)
    .reduce((all, line) => {
      const isTight =
        /[\p{Script=Han}，。；：、？！）”]$/u.test(all) || /^[\p{Script=Han}，。；：、？！（“]/u.test(line);
      return all === '' ? line : `${all}${isTight ? '' : ' '}${line}`;
    }, '');
}
