/**
 * The results of `check` in forms that build servers read: JUnit's XML and the Test Anything Protocol.
 *
 * In: results, words of a language. Out: text. A script that was refused counts as skipped, with the reason.
 */
import type { ScriptResult } from '../facade/check-script';
import type { Told } from '../sentences/sentence';

export const reporters = ['junit', 'tap'] as const;
export type Reporter = (typeof reporters)[number];

type Say = (told: Told) => string;

/** What is wrong with a result: `line 4: …: expected 0, actual -1`. */
function reasonOf({ step, expected, actual }: ScriptResult, say: Say): string {
  const place = step === undefined ? '' : `${say(step)}: `;
  return expected === undefined
    ? `${place}${say(actual ?? '')}`
    : `${place}expected ${say(expected)}, actual ${say(actual ?? '?')}`;
}

export function reportOf(reporter: Reporter, results: readonly ScriptResult[], say: Say): string {
  return reporter === 'junit' ? junit(results, say) : tap(results, say);
}

function junit(results: readonly ScriptResult[], say: Say): string {
  const failed = results.filter((each) => !each.passed && !each.refused).length;
  const refused = results.filter((each) => each.refused).length;
  const cases = results.map((each) => {
    const open = `    <testcase name="${escaped(each.id)}" classname="sockscope"`;
    if (each.passed) {
      return `${open}/>`;
    }
    const reason = escaped(reasonOf(each, say));
    const inner = each.refused ? `<skipped message="${reason}"/>` : `<failure message="${reason}"/>`;
    return `${open}>\n      ${inner}\n    </testcase>`;
  });
  const counts = `tests="${results.length}" failures="${failed}" skipped="${refused}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="sockscope check" ${counts} errors="0">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>\n',
  ].join('\n');
}

function tap(results: readonly ScriptResult[], say: Say): string {
  const lines = results.flatMap((each, index) => {
    const name = `${index + 1} - ${each.id.replace(/[#\n]/g, ' ')}`;
    if (each.passed) {
      return [`ok ${name}`];
    }
    const reason = reasonOf(each, say).replaceAll('\n', ' ');
    return each.refused
      ? [`ok ${name} # SKIP ${reason}`]
      : [`not ok ${name}`, '  ---', `  message: ${JSON.stringify(reason)}`, '  ...'];
  });
  return ['TAP version 13', `1..${results.length}`, ...lines].join('\n') + '\n';
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  // XML 1.0 has no way to write other control characters.
  return text.replace(/[&<>"]/g, (sign) => names[sign] ?? sign).replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '?');
}
