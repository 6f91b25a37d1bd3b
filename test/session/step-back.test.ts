/** Steps back over and out lead where a look at every statement before finds them, whatever was called in between. */
import { expect, test } from 'vitest';
import { openScript } from './kernel-session';
import type { StepKind } from '../../src/session/session-types';

/** A connection of a process with itself, closed: calls that sleep, interrupts, softirqs on the way out of calls. */
const script = `--remote_ip=127.0.0.1
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 socket(AF_INET, SOCK_STREAM, 0) = 4
+0 connect(4, ..., ...) = 0
+0 accept(3, ..., ...) = 5
+0 close(4) = 0
+0 close(5) = 0
`;
/** Statements that are looked at, and how many of them are stepped back from. */
const SPAN = 2_500;
const TRIES = 60;

test('back over and back out', async () => {
  const session = await openScript(script);
  await session.start();
  const { clock: end } = await session.run('continue');
  await session.travelTo(end - SPAN - 1);
  const seen: { readonly clock: number; readonly thread: number; readonly frame: number }[] = [];
  while (session.stop.clock < end - 1 && session.stop.reason !== 'end') {
    const { clock, thread } = session.stop;
    seen.push({ clock, thread, frame: session.stack(thread)[0]?.address ?? 0 });
    await session.run('into');
  }
  const wanted = (kind: StepKind, from: number): number | undefined => {
    const { thread, frame } = seen[from] ?? { thread: -1, frame: 0 };
    const before = seen.slice(0, from).filter((each) => each.thread === thread);
    return before.reverse().find((each) => (kind === 'back-over' ? each.frame >= frame : each.frame > frame))?.clock;
  };
  for (let tried = 0, from = seen.length - 1; tried < TRIES && from > 0; tried++, from -= 41) {
    for (const kind of ['back-over', 'back-out'] as const) {
      const expected = wanted(kind, from);
      if (expected !== undefined) {
        await session.travelTo(seen[from]?.clock ?? 0);
        expect(session.stop.clock).toBe(seen[from]?.clock);
        await session.run(kind);
        expect(session.stop.clock, `${kind} from ${seen[from]?.clock}`).toBe(expected);
      }
    }
  }
});

test('a frame stays the same object while the machine stands, also one of a function that is a part of another', async () => {
  const session = await openScript('0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 connect(3, ..., ...) = 0\n');
  session.setFunctionBreakpoints([{ name: 'inet_need_port' }]);
  await session.start({ stopOnEntry: false });
  const stack = session.stack(session.stop.thread);
  expect([stack[0]?.function, stack[0]?.partOf]).toEqual(['inet_need_port', 'inet_dgram_connect']);
  const again = session.stack(session.stop.thread);
  expect(again.map((frame, index) => frame === stack[index])).toEqual(stack.map(() => true));
});
