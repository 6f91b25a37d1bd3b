/**
 * Documents with listings among the open texts: which they are, and what was read in them.
 *
 * In: text documents of the languages that notes are written in. Out: the reading of each, made when it is first asked
 * for and again when the text has changed; undefined for texts in which nothing can run. Large texts are read only when
 * somebody wants to run them.
 */
import * as vscode from 'vscode';
import type { DocumentFunction } from '../document/document-model';
import { runnableDocument, type RunnableDocument } from '../document/in-place-of';
import { SourceFile } from '../source/source-file';
import type { SourcePlaces } from './source-places';

/** Languages in which notes are written. */
const documentLanguages = ['plaintext', 'markdown', 'html'] as const;

/** Documents that may have listings. */
export const noteDocuments: vscode.DocumentSelector = documentLanguages.map((language) => ({ language }));

/** Longer texts are not looked at by themselves. */
const mostLooked = 1_000_000;
/** Something like the head of a function's body: without one there is no listing. */
const bodyHead = /\)[^;{}()]{0,200}\{/;

export class RunnableDocuments {
  private readonly read = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly document: RunnableDocument }
  >();

  constructor(private readonly places: SourcePlaces) {}

  /** The reading of a document in which something can run; undefined for any other. */
  of(document: vscode.TextDocument | undefined): RunnableDocument | undefined {
    const found = this.withListings(document);
    return found?.replacement && isKernelC(found, ({ runs }) => runs) ? found : undefined;
  }

  /** The reading of a document in which functions of a kernel stand, of any; undefined for any other. */
  withListings(document: vscode.TextDocument | undefined): RunnableDocument | undefined {
    if (!document || !isNotes(document)) {
      return undefined;
    }
    const text = document.getText();
    if (text.length > mostLooked || !bodyHead.test(text)) {
      return undefined;
    }
    const found = this.reading(document);
    return isKernelC(found, () => true) ? found : undefined;
  }

  /** The reading of any text, whatever is in it. */
  reading(document: vscode.TextDocument): RunnableDocument {
    const known = this.read.get(document);
    if (known?.version === document.version) {
      return known.document;
    }
    const file = new SourceFile(this.places.pathOf(document.uri), document.getText());
    const made = runnableDocument(file);
    this.read.set(document, { version: document.version, document: made });
    return made;
  }

  /** The reading of an open document by the path and the text that the core knows it by. */
  withPath(path: string, text: string): RunnableDocument | undefined {
    const open = vscode.workspace.textDocuments.find((each) => this.places.pathOf(each.uri) === path);
    const found = this.of(open);
    return found?.document.file.text === text ? found : undefined;
  }
}

/** Structures that only the kernel has: code of other programs is no offer of ours. */
const kernelTypes =
  /\bstruct\s+(?:sock|socket|sk_buff|sk_buff_head|proto|proto_ops|tcp_opt|raw_opt|inet_opt|open_request|tcp_listen_opt|net_device|dst_entry|rtable|neighbour|task_struct|timer_list|net_proto_family|packet_type|inet_protocol)\b/;

function isKernelC({ document }: RunnableDocument, counts: (each: DocumentFunction) => boolean): boolean {
  return document.functions.some((each) => counts(each) && kernelTypes.test(each.code));
}

/** Whether a text is of a language that notes are written in. */
export function isNotes(document: vscode.TextDocument): boolean {
  return (documentLanguages as readonly string[]).includes(document.languageId);
}
