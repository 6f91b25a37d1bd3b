/**
 * A macro as hovers tell it. In: what the preprocessor knows. Out: plain data.
 */
import type { MacroInfo } from '../preprocess/macro-table';
import type { MacroFacts } from './query-types';

export function macroFacts(macro: MacroInfo | undefined): MacroFacts | undefined {
  return (
    macro && {
      name: macro.name,
      parameters: macro.parameters ? `(${macro.parameters.join(', ')})` : '',
      replacement: macro.body,
      path: macro.span?.file.path,
      line: macro.span && macro.span.file.positionAt(macro.span.start).line + 1,
    }
  );
}
