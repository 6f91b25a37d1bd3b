/**
 * Questions to a run's past, as fronts ask them: the interface and the plain data in its answers.
 *
 * In: nothing; names of other rooms. Out: all that a front needs once a session is open.
 */
export type { ChangeList, ChangeRow, History, NearestRow } from '../history/history';
export type { AnswerRow } from '../history/ask';
export type { LogPoint } from '../history/log-lines';
export type { RowPlace } from '../history/rows';
export type { Target } from '../history/target';
