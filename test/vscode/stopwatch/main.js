/**
 * An extension beside ours in the same extension host: measures how long nobody else got a turn there.
 * Out: `late 12 ms, busy 8 ms` in the status bar: how late a timer was at worst since the command "Stopwatch: Reset", and how much of the
 * processor this thread used at most between two turns of the timer, which a loaded machine does not lengthen.
 */
const { readFileSync } = require('node:fs');
const vscode = require('vscode');

const period = 20;

/** Milliseconds of processor time that the extension host's main thread has used; Linux only. */
function used() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}

exports.activate = (context) => {
  const item = vscode.window.createStatusBarItem('late', vscode.StatusBarAlignment.Left, 1000);
  let late = 0;
  let busy = 0;
  let expected = performance.now() + period;
  let before = used();
  const show = () => {
    item.text = `late ${Math.round(late)} ms, busy ${Math.round(busy)} ms`;
  };
  const tick = () => {
    const now = performance.now();
    const after = used();
    if (now - expected > late || after - before > busy) {
      late = Math.max(late, now - expected);
      busy = Math.max(busy, after - before);
      show();
    }
    expected = performance.now() + period;
    before = after;
    timer = setTimeout(tick, period);
  };
  let timer = setTimeout(tick, period);
  show();
  item.show();
  context.subscriptions.push(item, { dispose: () => clearTimeout(timer) });
  context.subscriptions.push(
    vscode.commands.registerCommand('stopwatch.reset', () => {
      late = 0;
      busy = 0;
      show();
    }),
  );
};
