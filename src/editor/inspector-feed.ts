/**
 * What the inspector shows of a run: one model builder per session, and what the reader asked for in it.
 *
 * In: runs, notes, and the reader's wishes (unfolded cards, followed pointers, a chosen process). Out: models. A wish
 * lasts as long as its session; a process chosen by hand until the machine moves.
 */
import * as vscode from 'vscode';
import type { InspectorModel, NoteModel } from '../protocol/inspector-model';
import type { Query } from '../query/query';
import type { ScenarioEntry } from '../facade/scenarios';
import type { FollowedPointer } from '../facade/session';
import type { Picture, PictureKind } from '../protocol/pictures';
import { InspectorModelBuilder } from './inspector-model';
import { fieldNote, notesFor } from './inspector-notes';
import { pictureOf } from './inspector-pictures';
import type { Knowledge } from './knowledge';
import type { LiveRun } from './live-runs';
import type { ScenarioList } from './scenario-list';

/** Followed pointers kept; the oldest is forgotten first. */
const mostFollowed = 20;

interface SessionView {
  readonly run: LiveRun;
  readonly builder: InspectorModelBuilder;
  readonly expanded: Set<string>;
  readonly followed: FollowedPointer[];
  thread: { readonly id: number; readonly clock: number } | undefined;
}

export class InspectorFeed implements vscode.Disposable {
  private readonly ready = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  private view: SessionView | undefined;
  private query: Query | undefined;
  private list: readonly ScenarioEntry[] = [];

  /** Notes have been loaded since a model was last built without them. */
  readonly onReady = this.ready.event;

  constructor(
    private readonly knowledge: Knowledge,
    private readonly scenarios: ScenarioList,
  ) {
    this.subscriptions = [this.ready, knowledge.onChange(() => (this.query = undefined))];
  }

  /** The process chosen by hand, while the machine has not moved since. */
  get selectedThread(): number | undefined {
    const { view } = this;
    return view?.thread?.clock === view?.run.session.stop.clock ? view?.thread?.id : undefined;
  }

  /** The present of a run; `passing`: on the way of a drag only what is in sight, and these cards. */
  model(run: LiveRun, passing?: readonly string[]): InspectorModel {
    if (this.view?.run !== run) {
      const builder = new InspectorModelBuilder(run.session, run.debugSession.id);
      this.view = { run, builder, expanded: new Set(), followed: [], thread: undefined };
    }
    if (!this.query) {
      void this.load();
    }
    const { builder, expanded, followed } = this.view;
    const title = this.list.find(({ name }) => name === run.launch.scenario)?.title;
    return builder.build({
      thread: this.selectedThread,
      expanded,
      followed,
      scenario: title,
      passing,
      notesFor: (frame) => (this.query ? notesFor(this.query, frame) : []),
    });
  }

  /** A picture of a run up to now. */
  picture(run: LiveRun, kind: PictureKind, choice?: string): Promise<Picture | undefined> {
    return pictureOf(run, kind, choice);
  }

  /** The note on a field, when notes have been loaded and there is one. */
  fieldNote(field: string): NoteModel | undefined {
    return this.query && fieldNote(this.query, field);
  }

  setExpanded(card: string, expanded: boolean): void {
    if (expanded) {
      this.view?.expanded.add(card);
    } else {
      this.view?.expanded.delete(card);
    }
  }

  follow(pointer: FollowedPointer): void {
    const followed = this.view?.followed;
    if (followed && !followed.some(({ address, type }) => address === pointer.address && type === pointer.type)) {
      followed.push(pointer);
      followed.splice(0, followed.length - mostFollowed);
    }
  }

  selectThread(thread: number): void {
    if (this.view) {
      this.view.thread = { id: thread, clock: this.view.run.session.stop.clock };
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private async load(): Promise<void> {
    const [query, list] = await Promise.all([this.knowledge.query(), this.scenarios.all()]);
    this.query = query;
    this.list = list;
    this.ready.fire();
  }
}
