/**
 * The tools of `sockscope mcp` as language-model tools of VS Code, where it has such (from 1.95 on) and where a process can
 * be had.
 *
 * In: the names that package.json contributes, a door to the tools. Out: registrations. What a tool is for and what it takes
 * stands in package.json, which a test compares with `src/mcp`.
 */
import * as vscode from 'vscode';
import type { AgentTools } from './platform';
import { strings } from './strings';

/** What VS Code has from 1.95 on, as far as it is used. */
interface ToolApi {
  readonly lm?: { readonly registerTool?: (name: string, tool: LanguageModelTool) => vscode.Disposable };
  readonly LanguageModelToolResult?: new (content: readonly object[]) => object;
  readonly LanguageModelTextPart?: new (text: string) => object;
}

interface LanguageModelTool {
  prepareInvocation(options: object): { readonly invocationMessage: string };
  invoke(options: { readonly input: object }, cancel: vscode.CancellationToken): Promise<object>;
}

interface Contributed {
  readonly contributes: { readonly languageModelTools: readonly { readonly name: string }[] };
}

const prefix = 'sockscope_';

export function registerAgentTools(
  { extension }: vscode.ExtensionContext,
  tools: AgentTools | undefined,
): vscode.Disposable {
  const api: object = vscode;
  const { lm, LanguageModelToolResult: Result, LanguageModelTextPart: Text } = api as ToolApi;
  if (!tools || !lm?.registerTool || !Result || !Text) {
    return new vscode.Disposable(() => undefined);
  }
  const { contributes } = extension.packageJSON as Contributed;
  const registered = contributes.languageModelTools.map(({ name }) =>
    lm.registerTool?.(name, {
      prepareInvocation: () => ({ invocationMessage: strings.agentAsks(name.slice(prefix.length)) }),
      invoke: async ({ input }, cancel) => {
        const answer = tools.call(name.slice(prefix.length), input, firstFolder());
        const { text } = await Promise.race([answer, cancelled(cancel)]);
        return new Result([new Text(text)]);
      },
    }),
  );
  return vscode.Disposable.from(tools, ...registered.filter((each) => each !== undefined));
}

/** Where paths that are not absolute begin; undefined where the first folder is not on this machine's disk. */
function firstFolder(): string | undefined {
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri;
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}

function cancelled(token: vscode.CancellationToken): Promise<never> {
  return new Promise((_resolve, reject) => {
    token.onCancellationRequested(() => reject(new vscode.CancellationError()));
  });
}
