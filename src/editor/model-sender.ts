/**
 * Sends the page models: whole at first, then what each has that the one before had not.
 *
 * In: models, and word that the page has none (it was loaded again, hidden, shows no run, or has missed something). Out:
 * the message for each.
 */
import type { InspectorModel } from '../protocol/inspector-model';
import { changeModel, showModel, wire, type WireMessage } from '../protocol/messages';
import { modelChange } from '../protocol/model-change';

export class ModelSender {
  /** What the page has. */
  private sent: InspectorModel | undefined;

  /** The page has no model, or an unknown one. */
  forget(): void {
    this.sent = undefined;
  }

  message(model: InspectorModel): WireMessage {
    const before = this.sent;
    this.sent = model;
    return before?.session === model.session ? wire(changeModel, modelChange(before, model)) : wire(showModel, model);
  }
}
