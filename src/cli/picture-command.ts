/**
 * A command that shows one view of a run: as lines, with `--svg` as a picture, with `--json` as data, with `--csv`, where
 * the view has a table, as that. The run goes to its end or to the moment of `--at`.
 *
 * In: the view. Out: the command. Exit status 0, or 2 when the run cannot be opened or has no such moment: what the
 * scenario expects is `run`'s business.
 */
import type { Bilingual } from '../base/bilingual';
import { sceneSvg, type Scene } from '../facade/views';
import { budgetOption, defineOption, documentOption, rewriteOption, type OptionSpec } from './arguments';
import { atOption, openAsked, type AskedRun } from './asked-run';
import type { Command } from './command';
import type { Context, ExitStatus } from './context';
import { output, outputOption } from './file-output';
import { whileOpen } from './opened-run';

/** A view, made. */
interface Picture {
  readonly data: unknown;
  readonly lines: readonly string[];
  readonly scene: Scene;
  readonly csv?: string;
}

export interface PictureCommand {
  readonly name: string;
  readonly summary: Bilingual;
  /** More for the usage: ` [--csv]`. */
  readonly usage?: string;
  readonly options?: readonly OptionSpec[];
  /** Undefined when something of the command line means nothing here, which is told. */
  make(run: AskedRun, context: Context, language: 'en' | 'zh'): Promise<Picture | undefined>;
}

/** The command of a view. */
export function pictureCommand({ name, summary, usage = '', options = [], make }: PictureCommand): Command {
  return {
    name,
    usage: `${name} SCENARIO|FILE.pkt [--at PLACE|CLOCK] [--svg]${usage} [--output FILE] [--document FILE] [-D NAME=VALUE]`,
    summary,
    options: [
      atOption,
      { name: 'svg' },
      ...options,
      outputOption,
      defineOption,
      rewriteOption,
      budgetOption,
      documentOption,
    ],
    words: [1, 1],
    run(context) {
      return whileOpen(openAsked(context, true), async (opened) => {
        const made = await make(opened, context, context.language === 'zh' ? 'zh' : 'en');
        return made ? show(context, made) : 2;
      });
    },
  };
}

function show(context: Context, { data, lines, scene, csv }: Picture): ExitStatus {
  if (context.args.flag('svg')) {
    return output(context, new TextEncoder().encode(sceneSvg(scene, context.args.words[0] ?? ''))) ?? 0;
  }
  if (csv !== undefined && context.args.flag('csv')) {
    return output(context, new TextEncoder().encode(csv)) ?? 0;
  }
  if (context.json) {
    context.printJson(data);
  } else {
    lines.forEach((line) => context.line(line));
  }
  return 0;
}
