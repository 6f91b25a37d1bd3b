/**
 * Who calls whom, for VS Code's call hierarchy: through function pointers too.
 *
 * In: a function of the kernel in use. Out: callers and callees. A call through a member (`sock->ops->bind`) leads to
 * every function that some table puts there; where a run is open, each says how often it was called in it.
 */
import * as vscode from 'vscode';
import { foundDefinition, preferred } from '../names/found';
import type { Call, Slot } from '../names/calls';
import type { Definition } from '../names/tree-names';
import type { LiveRuns } from './live-runs';
import type { NameAnswers } from './name-providers';
import { explainedDocuments } from './places';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';
import type { IndexInUse } from './tree-index';

/** Functions behind one member of which it is asked how often they ran. */
const mostCounted = 12;

export class CallHierarchy implements vscode.CallHierarchyProvider {
  constructor(
    private readonly answers: NameAnswers,
    private readonly places: SourcePlaces,
    private readonly runs: LiveRuns,
  ) {}

  async prepareCallHierarchy(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CallHierarchyItem[]> {
    const asked = await this.answers.at(document, position);
    if (!asked) {
      return [];
    }
    const { index, symbol } = asked;
    const functions =
      symbol.kind === 'member'
        ? targets(index, index.calls.slotsOf(symbol.members))
        : index.symbols.definitionsOf(symbol).map((definition) => ({ definition, through: undefined }));
    const known = functions.filter(({ definition }) => index.names.isFunction(definition));
    return known.map(({ definition, through }) => this.item(index, definition, through));
  }

  async provideCallHierarchyIncomingCalls(item: vscode.CallHierarchyItem): Promise<vscode.CallHierarchyIncomingCall[]> {
    const index = await this.answers.index();
    const calls = index?.calls.callsOf(item.name) ?? [];
    return [...grouped(calls, ({ caller, file }) => `${file.path}:${caller.index}`)].flatMap(([first, all]) =>
      index
        ? [
            new vscode.CallHierarchyIncomingCall(
              this.item(index, first.caller, first.through),
              all.map((each) => rangeOf(index, each)),
            ),
          ]
        : [],
    );
  }

  async provideCallHierarchyOutgoingCalls(item: vscode.CallHierarchyItem): Promise<vscode.CallHierarchyOutgoingCall[]> {
    const index = await this.answers.index();
    const place = index?.names.get(this.places.pathOf(item.uri));
    const start = item.selectionRange.start;
    const caller = place && index?.names.functionAt(place, start.line, start.character);
    if (!index || !caller) {
      return [];
    }
    const outgoing: vscode.CallHierarchyOutgoingCall[] = [];
    const calls = index.calls.callsIn(caller);
    for (const [first, all] of grouped(calls, (each) => index.names.nameOf(each))) {
      const ranges = all.map((each) => rangeOf(index, each));
      for (const { definition, through, times } of await this.called(index, first)) {
        outgoing.push(new vscode.CallHierarchyOutgoingCall(this.item(index, definition, through, times), ranges));
      }
    }
    return outgoing;
  }

  /** The functions that a call may reach; of those behind a member first the ones that the open run called. */
  private async called(index: IndexInUse, call: Call): Promise<Target[]> {
    const symbol = index.symbols.of(call);
    if (symbol?.kind !== 'member') {
      const all = symbol ? preferred(index.symbols.definitionsOf(symbol)) : [];
      return all
        .filter((each) => index.names.isFunction(each))
        .map((definition) => ({ definition, through: undefined }));
    }
    const found = targets(index, index.calls.targetsAt(call));
    const counted = await Promise.all(
      found.map(async (each, at) => ({
        ...each,
        times: at < mostCounted ? await this.timesCalled(index.names.nameOf(each.definition)) : undefined,
      })),
    );
    return counted.sort((a, b) => (b.times ?? 0) - (a.times ?? 0));
  }

  /** How often the open run has called a function; undefined without a run. */
  private async timesCalled(name: string): Promise<number | undefined> {
    const answer = await this.runs.active
      ?.request('sockscope/ask', { question: `calls(${name})` })
      .catch(() => undefined);
    const rows = (answer as { readonly rows?: readonly unknown[] } | undefined)?.rows;
    return rows?.length;
  }

  private item(
    index: IndexInUse,
    definition: Definition,
    through: Slot | undefined,
    times?: number,
  ): vscode.CallHierarchyItem {
    const found = foundDefinition(index.names, definition);
    const member = through && foundDefinition(index.names, through.member);
    const tables = through ? tablesOf(index, through).map((table) => `${table}.${member?.name ?? ''}`) : [];
    const path = member ? [member.owner, member.name].filter(Boolean).join('.') : '';
    const detail = [
      tables.length > 0 ? tables.join(', ') : path,
      times === undefined ? '' : strings.timesCalled(times),
    ];
    const start = new vscode.Position(found.line, found.column);
    return new vscode.CallHierarchyItem(
      vscode.SymbolKind.Function,
      found.name,
      detail.filter((each) => each !== '').join(' · ') || found.path,
      this.places.uriOf(found.path),
      new vscode.Range(start, new vscode.Position(Math.max(found.line, found.endLine), found.endColumn)),
      new vscode.Range(start, start.translate(0, found.name.length)),
    );
  }
}

/** Names of the tables that have the slot's function in this member. */
function tablesOf(index: IndexInUse, { function: name, member }: Slot): string[] {
  const tables = index.calls
    .slotsWith(name)
    .filter((each) => each.member.file === member.file && each.member.index === member.index)
    .flatMap(({ table }) => (table ? [index.names.nameOf(table)] : []));
  return [...new Set(tables)];
}

interface Target {
  readonly definition: Definition;
  readonly through: Slot | undefined;
  readonly times?: number | undefined;
}

export function registerCallHierarchy(hierarchy: CallHierarchy): vscode.Disposable {
  return vscode.languages.registerCallHierarchyProvider(explainedDocuments, hierarchy);
}

/** The definitions of the functions in slots, each once. */
function targets(index: IndexInUse, slots: readonly Slot[]): Target[] {
  const inOrder = preferred(slots.map((slot) => ({ ...slot, file: slot.value.file })));
  return [...grouped(inOrder, (slot) => slot.function)].flatMap(([through]) => {
    const symbol = index.symbols.named(through.function);
    const [definition] = symbol ? preferred(index.symbols.definitionsOf(symbol)) : [];
    return definition ? [{ definition, through }] : [];
  });
}

/** Items with the same key, in the order of the first of each. */
function grouped<T>(all: readonly T[], key: (each: T) => string): readonly (readonly [first: T, all: readonly T[]])[] {
  const groups = new Map<string, [T, T[]]>();
  for (const each of all) {
    const name = key(each);
    const group = groups.get(name);
    if (group) {
      group[1].push(each);
    } else {
      groups.set(name, [each, [each]]);
    }
  }
  return [...groups.values()];
}

function rangeOf({ names }: IndexInUse, call: Call): vscode.Range {
  const { line, column } = names.placeOf(call);
  return new vscode.Range(line, column, line, column + names.nameOf(call).length);
}
