/**
 * The ten situations that a class meets first, out of real runs: what is on the page at each is what the extension would
 * send there.
 *
 * In: a situation. Out: its model, built by the extension's builder over a session of the facade, with the notes and after the
 * step that shows what happens. A place is named as people name it (`FUNCTION:TEXT`); a moment may be that of the n-th
 * visit, or of the first dropped packet.
 */
import { given } from '../../src/base/checked-access';
import { Catalog } from '../../src/catalog/catalog';
import { InspectorModelBuilder } from '../../src/editor/inspector-model';
import { notesFor } from '../../src/editor/inspector-notes';
import { openSession, ProgramCache, type OpenedSession } from '../../src/facade/open-session';
import { knowledgeOf, macroText } from '../../src/facade/program';
import { placeNamed } from '../../src/facade/reach-place';
import { listScenarios } from '../../src/facade/scenarios';
import type { SessionApi } from '../../src/facade/session';
import { diskTree } from '../../src/hosts/disk-tree';
import type { InspectorModel } from '../../src/protocol/inspector-model';
import { Query } from '../../src/query/query';
import { Reader } from '../../src/reading/reader';
import { SourceFile } from '../../src/source/source-file';
import { mediaTexts } from '../cli/cli-fixture';
import { loadParser } from '../parse/c-parser';
import { realTree, wasmFiles } from '../tree/tree-fixture';

export interface Situation {
  readonly name: string;
  readonly scenario: string;
  /** Statement to go to; the first dropped packet where there is none. */
  readonly place?: string;
  /** Which visit of the statement; the first by default. */
  readonly visit?: number;
  /** Whether the statement is stepped over, so that what it changes is shown. */
  readonly over?: boolean;
  /** Runs on the Linux tree of `SOCKSCOPE_KERNEL`. */
  readonly onTree?: boolean;
}

export const SITUATIONS: readonly Situation[] = [
  { name: 'create', scenario: 'tcp-socket', place: 'inet_create:sk->backlog_rcv', over: true },
  { name: 'bind-conflict', scenario: 'addrinuse-listener', place: 'tcp_bind_conflict:return 1' },
  { name: 'listen', scenario: 'handshake', place: 'tcp_listen_start:sk->state = TCP_LISTEN', over: true },
  { name: 'two-acceptors', scenario: 'wake-one', place: 'sock_def_readable:wake_up' },
  { name: 'handshake', scenario: 'handshake', place: 'tcp_v4_conn_request:req->snt_isn', over: true },
  { name: 'overflow', scenario: 'backlog-overflow' },
  {
    name: 'retransmission',
    scenario: 'data-retransmit',
    place: 'tcp_retransmit_skb:TCP_SKB_CB(skb)->when',
    over: true,
  },
  { name: 'window-closed', scenario: 'full-window', place: 'tcp_send_probe0:tp->backoff++', over: true },
  { name: 'time-wait', scenario: 'time-wait', place: 'tcp_time_wait:tw->substate', over: true },
  { name: 'linux-create', scenario: 'tcp-socket', place: 'inet_create:sk->backlog_rcv', over: true, onTree: true },
];

/** Ten other moments of other scenarios, each at the first statement of a function and one further. */
export const OTHER_SITUATIONS: readonly Situation[] = [
  { name: 'syn-flood', scenario: 'syn-flood', place: 'tcp_v4_conn_request', visit: 3, over: true },
  { name: 'fast-retransmit', scenario: 'fast-retransmit', place: 'tcp_fastretrans_alert', over: true },
  { name: 'out-of-order', scenario: 'out-of-order', place: 'tcp_ofo_queue', over: true },
  { name: 'simultaneous-open', scenario: 'simultaneous-open', place: 'tcp_rcv_synsent_state_process', over: true },
  { name: 'closing-both', scenario: 'closing-both', place: 'tcp_fin', over: true },
  { name: 'udp-waits', scenario: 'udp-waits', place: 'udp_queue_rcv_skb', over: true },
  { name: 'raw-ping', scenario: 'raw-ping', place: 'raw_v4_input', over: true },
  { name: 'path-mtu', scenario: 'path-mtu', place: 'tcp_sync_mss', over: true },
  { name: 'reset-by-linger', scenario: 'reset-by-linger', place: 'tcp_send_active_reset', over: true },
  { name: 'udp-connect', scenario: 'udp-connect', place: 'udp_connect', over: true },
];

const media = mediaTexts();
const catalog = Catalog.load(
  Object.entries(media)
    .filter(([path]) => path.startsWith('media/annotations/') && /\.ya?ml$/.test(path))
    .map(([path, text]) => new SourceFile(path, text)),
);

/** Runs of scenarios, on the bundled kernel or on a tree. */
export class SituationRuns {
  private readonly bundled = new ProgramCache();
  private readonly tree = new ProgramCache();

  /** The situation as the inspector is told it, and the run that stands there. */
  async at(situation: Situation): Promise<{ readonly session: SessionApi; readonly model: InspectorModel }> {
    const { opened, build } = await this.open(situation);
    const session = given(opened.session, 'session');
    await goTo(opened, situation);
    const arrived = build();
    if (situation.over !== true) {
      return { session, model: arrived };
    }
    await session.run('over');
    return { session, model: build() };
  }

  /** A run at its first system call, and what builds its models. */
  async open({ scenario, onTree }: Pick<Situation, 'scenario' | 'onTree'>): Promise<{
    readonly opened: OpenedSession;
    readonly build: () => InspectorModel;
  }> {
    const kernel = onTree === true ? { loader: diskTree(given(realTree, 'tree')), name: 'linux' } : undefined;
    const cache = onTree === true ? this.tree : this.bundled;
    const opened = await openSession({ media, wasm: wasmFiles(), cache, scenario, kernel });
    const { program } = opened;
    const session = given(opened.session, 'session');
    const reader = new Reader(await loadParser(), (name, path) => macroText(program, name, path));
    const query = new Query({ catalog, reader, ...knowledgeOf(program) });
    const builder = new InspectorModelBuilder(session, scenario);
    const title = listScenarios(media).find(({ name }) => name === scenario)?.title;
    await session.start({ stopOnEntry: true });
    return {
      opened,
      build: () => builder.build({ scenario: title, notesFor: (frame) => notesFor(query, frame) }),
    };
  }
}

async function goTo({ session, program }: OpenedSession, { place, visit = 1 }: Situation): Promise<void> {
  const run = given(session, 'session');
  if (place === undefined) {
    await run.run('continue');
    await run.travelTo(
      given(
        run.journal().find(({ event }) => event === 'drop'),
        'drop',
      ).clock,
    );
    return;
  }
  const found = given(placeNamed(place, given(program, 'program')).place, place);
  for (let left = visit; left > 0; left--) {
    given(await run.visits.next({ path: found.file, line: found.line }), place);
  }
}
