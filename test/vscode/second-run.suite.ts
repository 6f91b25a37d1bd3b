/**
 * Two scenarios one after the other, and a window that is reloaded in the middle of a run: the new stop is shown, by
 * whichever answer; the run stands again where it stood.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editorLine, moveBy, standsAt, statusText, stopDebugging } from './debugging';
import { type Workbench, openSuite, until } from './workbench';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openSuite({
    settings: { 'sockscope.language': 'en' },
    viewport: { width: 1600, height: 1000 },
  });
});
afterAll(() => workbench.close());

async function start(scenario: string): Promise<void> {
  await workbench.runCommand('SockScope: Run Scenario');
  // The palette goes before the list comes.
  await workbench.page.getByPlaceholder(/Choose a scenario/).waitFor();
  await workbench.pick(scenario, scenario);
}

async function answer(button: string): Promise<void> {
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  await workbench.screenshot(`second-run-question-${button.replace(/\W/g, '')}`);
  await dialog.getByRole('button', { name: button }).click();
}

/** The sessions in the call stack, by name. */
const sessions = (): Promise<string[]> => workbench.page.locator('.debug-call-stack .session .name').allInnerTexts();

test('the first run ends and the second one shows its stop', async () => {
  await start('tcp-socket');
  await standsAt(workbench);
  await moveBy(workbench, 'F10');
  const before = await statusText(workbench);
  await start('udp-ports');
  await answer('End It and Start');
  await until(
    'the stop of the second run',
    () => statusText(workbench),
    (text) => text !== '' && text !== before,
  );
  expect(await standsAt(workbench)).toMatch(/socket\.c/);
  await workbench.screenshot('second-run');
});

test('with both, editor, inspector and status bar follow the new one', async () => {
  await moveBy(workbench, 'F10');
  await moveBy(workbench, 'F10');
  const before = await statusText(workbench);
  await start('tcp-socket');
  await answer('Keep Both');
  await until(
    'the stop of the run beside it',
    () => statusText(workbench),
    (text) => text !== '' && text !== before,
  );
  await expect
    .poll(() => workbench.webview('SockScope').locator('.statement').innerText())
    .toContain('sys_socket.c:61');
  await expect.poll(async () => (await sessions()).join()).toMatch(/udp-ports.*tcp-socket/);
  await workbench.screenshot('second-run-both');
});

test('after a reload the run stands where it stood', async () => {
  await stopDebugging(workbench);
  await start('udp-ports');
  await standsAt(workbench);
  for (let steps = 0; steps < 3; steps++) {
    await moveBy(workbench, 'F11');
  }
  const before = [await editorLine(workbench), await statusText(workbench)];
  await workbench.page.reload();
  await until(
    'the run taken up again',
    async () => [await editorLine(workbench), await statusText(workbench)].join(),
    (now) => now === before.join(),
  );
  await workbench.screenshot('reloaded');
});
