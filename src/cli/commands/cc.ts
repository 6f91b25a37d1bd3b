/**
 * `sockscope cc FILE.c… [-I DIR] [-D NAME[=VALUE]]`: compiles a hosted C program and runs it. Out: the program's own
 * standard output and error, byte for byte, and its exit status. Exit status 2 when it does not compile, 1 when it
 * faults.
 */
import { itemAt } from '../../base/checked-access';
import { runHosted } from '../../hosted/run-hosted';
import type { FileLoader } from '../../source/file-loader';
import { hasErrors, type Diagnostic } from '../../source/diagnostic';
import { SourceFile } from '../../source/source-file';
import { budgetOption } from '../arguments';
import type { CliIo } from '../cli-io';
import type { Command } from '../command';
import type { ExitStatus } from '../context';

export const ccCommand: Command = {
  name: 'cc',
  usage: 'cc FILE.c… [-I DIR] [-D NAME[=VALUE]] [--budget STATEMENTS]',
  summary: {
    en: 'compile and run a hosted C program; its output and exit status',
    zh: '编译并运行一个普通 C 程序，给出它的输出和退出状态',
  },
  options: [
    { name: 'include', letter: 'I', value: 'DIR', repeated: true },
    { name: 'define', letter: 'D', value: 'NAME[=VALUE]', repeated: true },
    budgetOption,
  ],
  words: [1, 1000],
  async run(context) {
    const { io, args } = context;
    const parser = await context.cache.parserFrom(context.grammar());
    const files = personalFiles(io);
    const unread = args.words.map(files.open).filter((opened) => opened !== undefined);
    if (context.report(unread)) {
      return 2;
    }
    const budget = args.value('budget');
    if (budget !== undefined && !(Number(budget) >= 1 && Number.isSafeInteger(Number(budget)))) {
      return context.fail('SS9001', {
        en: `--budget needs a number of statements, not '${budget}'`,
        zh: `--budget 需要语句数，而不是“${budget}”`,
      });
    }
    let told = false;
    const result = await runHosted({
      media: io.media(),
      parser,
      loader: files.loader,
      sources: args.words,
      includePaths: args.values('include'),
      defines: Object.fromEntries(
        args
          .values('define')
          .map((each) =>
            each.includes('=') ? [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)] : [each, '1'],
          ),
      ),
      ...(budget === undefined ? {} : { budget: Number(budget) }),
      compiled: (diagnostics) => {
        told = true;
        context.report(diagnostics);
      },
      sink: (stream, text) => {
        if (stream === 'output') {
          io.stdoutBytes(bytesOf(text));
        } else {
          io.stderrBytes(bytesOf(text));
        }
      },
      unwieldy: () => io.compileSparingly?.(),
      breathe: async () => {
        await io.breathe();
        return io.closed();
      },
    });
    const failed = told ? hasErrors(result.diagnostics) : context.report(result.diagnostics);
    const { fault } = result;
    if (fault) {
      const where = fault.span ? { span: fault.span } : { path: itemAt(args.words, 0) };
      context.report([{ code: 'SS5006', severity: 'error', ...where, message: fault.message }]);
      return failed ? 2 : 1;
    }
    if (io.closed()) {
      return 0;
    }
    // The program's status, whatever it is, becomes ours; but a program with errors in it has not been compiled.
    return failed ? 2 : ((result.status ?? 2) as ExitStatus);
  },
};

/** Files of the person's disk, each read once; `open` says why one cannot be read. */
function personalFiles(io: CliIo): {
  readonly loader: FileLoader;
  readonly open: (path: string) => Diagnostic | undefined;
} {
  const files = new Map<string, SourceFile | Diagnostic>();
  const read = (path: string): SourceFile | Diagnostic => {
    const file = files.get(path) ?? io.openFile(path);
    files.set(path, file);
    return file;
  };
  const ifSource = (file: SourceFile | Diagnostic): SourceFile | undefined =>
    file instanceof SourceFile ? file : undefined;
  return {
    loader: { load: (path) => ifSource(read(path)) },
    open: (path) => {
      const file = read(path);
      return file instanceof SourceFile ? undefined : file;
    },
  };
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    bytes[at] = text.charCodeAt(at);
  }
  return bytes;
}
