/**
 * Mutated packetdrill scripts: from the bundled scenarios, every second one by its numbers alone.
 */
import { byNumbers, mutate } from './mutate-text.mjs';
import { once, textsBelow } from './sources.mjs';

const scenarios = once(() => textsBelow('media/scenarios', '.pkt'));

export function makeCase(random, index) {
  const { path, text } = random.pick(scenarios());
  const { data, about } =
    index % 2 === 0 ? { data: byNumbers(text, random), about: 'numbers alone' } : mutate(text, random);
  const file = 'input.pkt';
  const command = random.chance(0.85) ? ['check', file] : ['run', file, '--budget', '20000000'];
  return { about: `${about} of ${path}`, file, data, runs: [command] };
}
