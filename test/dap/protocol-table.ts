/**
 * The table of docs/dap.md: every request, event and capability of the protocol, ours or why not.
 *
 * In: the declarations of @vscode/debugprotocol; the adapter's request table, events, capabilities and gaps. Out: Markdown,
 * in either language.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Bilingual } from '../../src/base/bilingual';
import { eventNames } from '../../src/dap/adapter-context';
import type { Field } from '../../src/dap/argument-shapes';
import { capabilities, missingCapabilities, missingRequests } from '../../src/dap/capabilities';
import { shapes } from '../../src/dap/request-table';
import { customNotes, notes } from './protocol-words';

const folder = dirname(createRequire(import.meta.url).resolve('@vscode/debugprotocol/package.json'));
const declarations = readFileSync(join(folder, 'lib', 'debugProtocol.d.ts'), 'utf8');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };

const all = (pattern: RegExp): string[] => [...declarations.matchAll(pattern)].map(([, name]) => name ?? '');

/** Names in the protocol's own order. */
export const protocol = {
  requests: all(/^\t\t\/\/ command: '(\w+)';/gm),
  events: all(/^\t\t\/\/ event: '(\w+)';/gm),
  capabilities: [
    ...(/interface Capabilities \{([\s\S]*?)\n\t\}/.exec(declarations)?.[1] ?? '').matchAll(/^\t\t(\w+)\??:/gm),
  ].map(([, name]) => name ?? ''),
};

/** What is ours, by name. */
export const ours = {
  requests: Object.keys(shapes).filter((name) => !name.includes('/')),
  custom: Object.keys(shapes).filter((name) => name.includes('/')),
  events: Object.keys(eventNames),
  capabilities: Object.entries(capabilities('en'))
    .filter(([, value]) => value !== false)
    .map(([name]) => name),
};

function rows(
  names: readonly string[],
  have: readonly string[],
  gaps: Readonly<Record<string, Bilingual>>,
  language: Language,
): string[] {
  return names.map((name) => {
    const has = have.includes(name);
    const { yes, no } = words[language];
    return `| \`${name}\` | ${has ? yes : no} | ${(has ? notes[name] : gaps[name])?.[language] ?? ''} |`;
  });
}

function shapeText(field: Field): string {
  if (typeof field === 'string') {
    return field;
  }
  if ('oneOf' in field) {
    return `${field.oneOf.map((word) => `\`${word}\``).join(' or ')}?`;
  }
  return 'members' in field ? 'object' : `array of ${typeof field.each === 'string' ? field.each : 'objects'}`;
}

type Language = keyof Bilingual;

/** The page's own words. */
const words = {
  en: {
    title: 'The Debug Adapter Protocol, request by request',
    about: [
      `What \`sockscope dap\` has of the protocol (${version}). Written by \`npm run goldens\` from the adapter’s own tables; a test compares them`,
      'with the protocol. How editors are set up stands in [other-editors.md](other-editors.md). [中文](dap.zh-CN.md)',
    ],
    sections: ['Requests', 'Events', 'Capabilities', 'Requests of our own'],
    head: ['name', 'ours', 'arguments'],
    yes: 'yes',
    no: 'no',
    custom: [
      'For plug-ins: sent as any other request. A `?` marks what may be left out. Those that move the machine answer at once; `continued` and',
      '`stopped` follow.',
    ],
  },
  zh: {
    title: '调试适配器协议，逐个请求',
    about: [
      `\`sockscope dap\` 实现了协议（${version}）的哪些部分。本页由 \`npm run goldens\` 根据适配器自己的表写成，并有测试与协议对照。`,
      '编辑器怎样设置见 [other-editors.zh-CN.md](other-editors.zh-CN.md)。[English](dap.md)',
    ],
    sections: ['请求', '事件', '能力', '自有请求'],
    head: ['名字', '有', '参数'],
    yes: '是',
    no: '否',
    custom: [
      '供插件使用，发送方法与其他请求相同。带 `?` 的可以省略。会移动机器的请求立即应答，随后有 `continued` 和',
      '`stopped`。',
    ],
  },
} as const;

/** The whole page. */
export function page(language: Language): string {
  const { title, about, sections, head, custom: aboutCustom } = words[language];
  const [name, has, given] = head;
  const table = (heading: string, lines: readonly string[]): string[] => [
    `## ${heading}`,
    '',
    `| ${name} | ${has} | |`,
    '|---|---|---|',
    ...lines,
    '',
  ];
  const custom = ours.custom.map((request) => {
    const shape = Object.entries(shapes[request as keyof typeof shapes]);
    const args = shape.map(([field, kind]) => `\`${field}\`: ${shapeText(kind)}`).join(', ');
    return `| \`${request}\` | ${args} | ${customNotes[request]?.[language] ?? ''} |`;
  });
  const [requests, events, able, own] = sections;
  return [
    `# ${title}`,
    '',
    ...about,
    '',
    ...table(requests, rows(protocol.requests, ours.requests, missingRequests, language)),
    ...table(events, rows(protocol.events, ours.events, {}, language)),
    ...table(able, rows(protocol.capabilities, ours.capabilities, missingCapabilities, language)),
    `## ${own}`,
    '',
    ...aboutCustom,
    '',
    `| ${name} | ${given} | |`,
    '|---|---|---|',
    ...custom,
    '',
  ].join('\n');
}
