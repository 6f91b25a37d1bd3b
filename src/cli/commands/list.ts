/**
 * `sockscope list`: the scenarios, a line each. In: nothing. Out: name and title; as JSON `{name, title, about, file,
 * shows, theme, level}`.
 */
import { listScenarios } from '../../facade/scenarios';
import type { Command } from '../command';

export const listCommand: Command = {
  name: 'list',
  usage: 'list',
  summary: { en: 'scenarios, with a line each', zh: '列出场景，每个一行' },
  words: [0, 0],
  run(context) {
    const scenarios = listScenarios(context.io.media());
    if (context.json) {
      context.printJson(
        scenarios.map(({ name, title, about, file, shows, theme, level }) => ({
          name,
          title,
          about,
          file,
          shows,
          theme,
          level,
        })),
      );
      return 0;
    }
    const width = Math.max(0, ...scenarios.map(({ name }) => name.length));
    for (const { name, title } of scenarios) {
      context.line(`${name.padEnd(width)}  ${context.say(title)}`);
    }
    return 0;
  },
};
