/**
 * The data shipped with the extension, read once when first needed.
 *
 * In: the extension's folder, on disk or behind a web server. Out: texts of `media/` by path, and the two wasm files of
 * the parser. Everything goes through `workspace.fs`, so that Node and the browser share this code.
 */
import * as vscode from 'vscode';

/** Texts of `media/`: path (`media/kernel/net/socket.c`) to text. */
export type MediaTexts = Readonly<Record<string, string>>;

export class MediaFiles {
  private textsPromise: Promise<MediaTexts> | undefined;

  constructor(private readonly extensionUri: vscode.Uri) {}

  /** Rejects when the extension is not built (`dist/media.json` is missing). */
  texts(): Promise<MediaTexts> {
    this.textsPromise ??= this.readTexts();
    return this.textsPromise;
  }

  /** Bytes of a file in `dist/`. */
  async bytes(name: string): Promise<Uint8Array> {
    return vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.extensionUri, 'dist', name));
  }

  private async readTexts(): Promise<MediaTexts> {
    const json: unknown = JSON.parse(new TextDecoder().decode(await this.bytes('media.json')));
    return json as MediaTexts;
  }
}
