/**
 * Pictures of the run that the page shows in place of the objects: sent only while it shows them.
 *
 * In: nothing; plain data of the rooms that compute them.
 */
import type { Ladder } from '../ladder/ladder-model';
import type { CurvesModel } from '../views/curves-model';
import type { QueuesModel } from '../views/queues-model';
import type { StatesModel } from '../views/states-model';
import type { TimelineModel } from '../views/timeline-model';

/** What each picture is drawn from. */
export interface Pictures {
  readonly ladder: Ladder;
  readonly queues: QueuesModel;
  readonly states: StatesModel;
  readonly curves: CurvesModel;
  readonly timeline: TimelineModel;
}

export type PictureKind = keyof Pictures;

/** One of them. */
export type Picture = {
  readonly [Kind in PictureKind]: { readonly kind: Kind; readonly data: Pictures[Kind] };
}[PictureKind];
