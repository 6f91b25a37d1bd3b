/**
 * The text of the start page.
 *
 * In: scenarios in words. Out: HTML without script: every link is a command of the editor's, so that keys, screen readers
 * and the page's policy need nothing of ours. Sentences are those of the editor's language.
 */
import { strings } from './strings';

export interface StartScenario {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** As dots, and in words. */
  readonly level: string;
  readonly levelText: string;
  readonly time: string;
}

export interface StartParts {
  readonly scenarios: readonly StartScenario[];
  /** `en` or `zh-CN`. */
  readonly language: string;
  /** Random per page; letters and digits. */
  readonly nonce: string;
}

const style = `
body { font-size: 13px; line-height: 1.55; padding: 24px 32px 40px; }
main { max-width: 46em; margin: 0 auto; }
h1 { font-size: 1.9em; font-weight: 400; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 1.15em; font-weight: 600; margin: 30px 0 8px; }
p { margin: 0 0 8px; }
.lead, .about, .time { color: var(--vscode-descriptionForeground); }
.lead { font-size: 1.1em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 0; align-items: baseline; }
dt { text-align: right; }
dd { margin: 0; }
kbd { font-family: var(--vscode-editor-font-family); border: solid 1px var(--vscode-keybindingLabel-border, currentColor);
  border-radius: 3px; padding: 1px 6px; background: var(--vscode-keybindingLabel-background);
  color: var(--vscode-keybindingLabel-foreground); }
ol { list-style: none; padding: 0; margin: 0; }
li { padding: 8px 0; border-top: solid 1px var(--vscode-widget-border, var(--vscode-panel-border)); }
li a { font-weight: 600; }
.time { margin-inline-start: 8px; white-space: nowrap; }
.about { margin: 2px 0 0; }
a { color: var(--vscode-textLink-foreground); }
a:focus { outline: solid 1px var(--vscode-focusBorder); outline-offset: 2px; }
`;

/** The page; every text is escaped. */
export function startHtml({ scenarios, language, nonce }: StartParts): string {
  const words = strings.start;
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'`;
  const keys: readonly (readonly [string, string])[] = [
    ['F5', words.keyStart()],
    ['F10', words.keyOver()],
    ['F11', words.keyInto()],
    ['Alt+F10', words.keyBack()],
  ];
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(words.tab())}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>${escaped(words.title())}</h1>
<p class="lead">${escaped(words.lead())}</p>
${section(words.keys(), `<dl>${keys.map(([key, text]) => `<dt><kbd>${key}</kbd></dt><dd>${escaped(text)}</dd>`).join('\n')}</dl>`)}
${section(words.scenarios(), `<ol>${scenarios.map(item).join('\n')}</ol>\n<p>${link('sockscope.runScenario', words.allScenarios())}</p>`)}
${section(words.introduction(), `<p>${escaped(words.introductionText())}</p>\n<p>${link('sockscope.openIntroduction', words.openIntroduction())}</p>`)}
${section(words.tree(), `<p>${escaped(words.treeText())}</p>\n<p>${link('sockscope.useTree', words.chooseTree())}</p>`)}
${section(words.notes(), `<p>${escaped(words.notesText())}</p>\n<p>${link('workbench.action.files.openFile', words.openNotes())} · ${link('sockscope.newDocument', words.newNotes())}</p>`)}
<p class="about">${escaped(words.again())} ${link('sockscope.chooseLanguage', words.chooseLanguage())}</p>
</main>
</body>
</html>
`;
}

function section(title: string, content: string): string {
  return `<section>\n<h2>${escaped(title)}</h2>\n${content}\n</section>`;
}

function item({ name, title, about, level, levelText, time }: StartScenario): string {
  return `<li>${link('sockscope.runScenario', title, [name])}<span class="time"><span role="img" aria-label="${escaped(levelText)}" title="${escaped(levelText)}">${level}</span> ${escaped(time)}</span>
<p class="about">${escaped(about)}</p></li>`;
}

function link(command: string, text: string, args: readonly string[] = []): string {
  const query = args.length > 0 ? `?${encodeURIComponent(JSON.stringify(args))}` : '';
  return `<a href="command:${command}${query}">${escaped(text)}</a>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
