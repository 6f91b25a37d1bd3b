/**
 * The sections beside the graph, in their order. In: the views. Out: the list that the page draws; a new view is a file
 * of its own and a line here.
 */
import { eventsSection } from './events-view';
import { notesSection } from './notes-view';
import type { SideSection } from './side-section';
import { changesSection, stackSection, threadsSection } from './side-views';
import { tcpSection } from './tcp-view';

export const sections: readonly SideSection[] = [
  notesSection,
  changesSection,
  tcpSection,
  threadsSection,
  stackSection,
  eventsSection,
];
