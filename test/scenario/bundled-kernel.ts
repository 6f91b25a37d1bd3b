/**
 * The bundled kernel compiled once for all tests of a file, and a way to run a scenario text on it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from '../../src/abi/image';
import { createKernel } from '../../src/kernel/kernel';
import { createCParser } from '../../src/parse/tree-sitter';
import { checkScenario } from '../../src/scenario/pkt-check';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { PktRunner } from '../../src/scenario/pkt-runner';
import { runWorkload, type WorkloadRun } from '../../src/scenario/run-workload';
import { compileThroughStore } from '../../src/compile/image-cache';
import type { ProgramSource } from '../../src/compile/program';
import { formatDiagnostic, type Diagnostic } from '../../src/source/diagnostic';
import type { FileLoader } from '../../src/source/file-loader';
import { SourceFile } from '../../src/source/source-file';
import { imageStore } from '../program-cache';

const ROOT = join(import.meta.dirname, '../..');
const KERNEL = join(ROOT, 'media/kernel');

class DiskLoader implements FileLoader {
  private readonly files = new Map<string, SourceFile | undefined>();

  load(path: string): SourceFile | undefined {
    if (!this.files.has(path)) {
      const full = join(KERNEL, path);
      this.files.set(path, existsSync(full) ? new SourceFile(path, readFileSync(full, 'utf8')) : undefined);
    }
    return this.files.get(path);
  }
}

let image: Promise<{ image: Image; diagnostics: readonly Diagnostic[] }> | undefined;

/** The compiled bundled kernel. */
export function bundledKernel(): Promise<{ image: Image; diagnostics: readonly Diagnostic[] }> {
  image ??= compileBundledKernel();
  return image;
}

async function compileBundledKernel(): Promise<{ image: Image; diagnostics: readonly Diagnostic[] }> {
  const description = JSON.parse(readFileSync(join(KERNEL, 'kernel.json'), 'utf8')) as {
    sources: string[];
    include: string[];
    defines: Record<string, string>;
  };
  const parser = await createCParser({
    runtimeWasm: readFileSync(join(ROOT, 'node_modules/web-tree-sitter/web-tree-sitter.wasm')),
    grammarWasm: readFileSync(join(ROOT, 'node_modules/tree-sitter-c/tree-sitter-c.wasm')),
  });
  const services = new Set(createKernel().modules.flatMap((module) => module.services.map(({ name }) => name)));
  const source: ProgramSource = {
    loader: new DiskLoader(),
    sources: description.sources,
    includePaths: description.include,
    defines: description.defines,
    build: { services },
  };
  const { program, diagnostics } = await compileThroughStore(imageStore, 'bundled', source, parser);
  if (!program) {
    throw new Error(diagnostics.map((each) => formatDiagnostic(each)).join('\n'));
  }
  return { image: program.image, diagnostics };
}

/** Runs a scenario text to its end; its own diagnostics must be empty. */
export async function runText(text: string, path = 'test.pkt'): Promise<WorkloadRun<PktRunner>> {
  const { scenario, diagnostics } = parseScenario(new SourceFile(path, text));
  const errors = [...diagnostics, ...checkScenario(scenario)].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new Error(errors.map((each) => formatDiagnostic(each)).join('\n'));
  }
  return runWorkload((await bundledKernel()).image, (kernel, host) => new PktRunner(scenario, kernel, host));
}
