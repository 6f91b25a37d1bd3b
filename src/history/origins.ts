/**
 * The question where a value came from, for a run.
 *
 * In: the run's program and its replayer. Out: {@link Origins}, which answers with trees of hops.
 */
import type { DebugStatement } from '../abi/debug-info';
import type { Image } from '../abi/image';
import { byAsking, byLooking } from './last-write';
import type { Changes } from './changes';
import type { Expressions } from './expressions';
import { ModuleCode } from './module-code';
import { originOf, type OriginOptions, type OriginParts } from './origin';
import type { OriginNode, OriginTarget } from './origin-types';
import type { Replayer } from './replayer';

export interface OriginsParts {
  readonly image: Image;
  readonly replayer: Replayer;
  readonly changes: Changes;
  readonly expressions: () => Expressions;
  /** Text of a file that was compiled. */
  readonly textOf: (path: string) => string | undefined;
  readonly processName: (task: number) => string;
}

export class Origins {
  private readonly search: OriginParts;

  constructor({ image, replayer, changes, expressions, textOf, processName }: OriginsParts) {
    const { debug, map, wasm } = image;
    const looking = byLooking(replayer, debug);
    let code: ModuleCode | undefined;
    this.search = {
      replayer,
      map,
      processName,
      expressions,
      // Read for the first question.
      get code() {
        return (code ??= new ModuleCode(wasm, debug));
      },
      looking,
      lastWrite: byAsking(changes, looking),
      statementText: (statement) => statementText(debug.statements[statement], debug.files, textOf),
    };
  }

  /** The origin of bytes as they are at a moment. */
  of(target: OriginTarget, options: OriginOptions = {}): Promise<OriginNode> {
    return originOf(this.search, target, options);
  }
}

function statementText(
  statement: DebugStatement | undefined,
  files: readonly string[],
  textOf: OriginsParts['textOf'],
): string {
  const text = statement && textOf(files[statement.file] ?? '')?.slice(statement.start, statement.end);
  return (text ?? '').replace(/\s+/g, ' ');
}
