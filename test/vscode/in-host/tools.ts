/** Language-model tools, where VS Code has them and the extension has a process for them. */
import * as vscode from 'vscode';
import type { Claims } from './claims';

interface ToolApi {
  readonly lm?: {
    readonly tools?: readonly { readonly name: string }[];
    readonly invokeTool?: (name: string, options: object) => Promise<{ readonly content: readonly object[] }>;
  };
}

export async function toolSteps(claims: Claims): Promise<void> {
  const api: object = vscode;
  const { lm } = api as ToolApi;
  const names = lm?.tools?.map(({ name }) => name) ?? [];
  if (!lm?.invokeTool || typeof process === 'undefined') {
    console.log('skipped: this VS Code has no language-model tools');
    return;
  }
  await claims.step('the tools for agents are offered and answer', async () => {
    claims.matches(names.join(' '), /sockscope_run/);
    const options = { input: { name: 'tcp_ack' }, toolInvocationToken: undefined };
    const answer = await lm.invokeTool?.('sockscope_explain', options);
    claims.matches(JSON.stringify(answer?.content), /tcp_ack\.c/);
  });
}
