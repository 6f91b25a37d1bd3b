/**
 * Settings of ours that are of the wrong kind, told once each.
 *
 * In: what package.json declares of each setting, what somebody has written. Out: a message that names the setting, what
 * it may be, and the default that counts instead (`settings.ts`); a button leads to it. What was written stays.
 */
import * as vscode from 'vscode';
import type { Log } from './log';
import { settings } from './settings';
import { strings } from './strings';

interface Declared {
  readonly type: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly default?: unknown;
}

/** Whether a value may stand for a declared setting. */
function fits(value: unknown, { type, enum: values, minimum }: Declared): boolean {
  if (value === undefined || values) {
    return value === undefined || values?.includes(value) === true;
  }
  if (type === 'integer') {
    return Number.isInteger(value) && Number(value) >= (minimum ?? -Infinity);
  }
  return typeof value === type;
}

export function checkSettings(extension: vscode.Extension<unknown>, log: Log): vscode.Disposable {
  const { contributes } = extension.packageJSON as {
    readonly contributes?: { readonly configuration?: { readonly properties?: Readonly<Record<string, Declared>> } };
  };
  const declared = Object.entries(contributes?.configuration?.properties ?? {});
  const told = new Set<string>();
  const check = (): void => {
    const written = vscode.workspace.getConfiguration();
    for (const [key, what] of declared) {
      const value = written.get<unknown>(key);
      const name = `${key} ${JSON.stringify(value)}`;
      if (!fits(value, what) && !told.has(name)) {
        told.add(name);
        // A number that is too small counts as the smallest one.
        void tell(key, typeof value === 'number' ? { ...what, default: what.minimum } : what, log);
      }
    }
  };
  check();
  return settings.onChange(check);
}

async function tell(key: string, { type, enum: values, minimum, default: usual }: Declared, log: Log): Promise<void> {
  const wanted = values ? values.join(', ') : minimum === undefined ? type : `${type} ≥ ${minimum}`;
  const text = strings.wrongSetting(key, wanted, JSON.stringify(usual));
  log.info(text);
  const open = strings.openSettings();
  if ((await vscode.window.showWarningMessage(text, open)) === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', key);
  }
}
