/** The parser's bytes, as jobs for the compiler carry them. */
import { readFileSync } from 'node:fs';

const modules = new URL('../../node_modules/', import.meta.url);
const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, modules)));

export const grammar = {
  runtimeWasm: bytes('web-tree-sitter/web-tree-sitter.wasm'),
  grammarWasm: bytes('tree-sitter-c/tree-sitter-c.wasm'),
};
