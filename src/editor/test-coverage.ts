/**
 * Coverage of the kernel's C by a run of tests, as VS Code shows it.
 *
 * In: a program and what each test executed. Out: a `FileCoverage` for each file of which something was executed, and
 * its details when somebody opens it, of all tests or of one. Which tests a file's figures come from is told where VS
 * Code asks for it (from 1.94 on).
 */
import * as vscode from 'vscode';
import { coveredFiles, type CoveredFile, type Extent } from '../facade/coverage-lines';
import type { Program } from '../facade/program';
import type { SourcePlaces } from './source-places';

/** What a test executed. */
export interface TestTrace {
  readonly item: vscode.TestItem;
  readonly covered: Uint8Array;
}

export class RunCoverage {
  private readonly details = new Map<string, CoveredFile>();

  constructor(
    readonly program: Program,
    readonly traces: readonly TestTrace[],
    private readonly places: SourcePlaces,
  ) {}

  files(): vscode.FileCoverage[] {
    const byTest = this.traces.map(({ item, covered }) => ({
      item,
      files: new Set(this.touched([covered]).map(({ file }) => file)),
    }));
    return this.touched(this.traces.map(({ covered }) => covered)).map((each) => {
      const uri = this.places.uriOf(each.file);
      this.details.set(uri.toString(), each);
      const { statements, functions } = each;
      const coverage = new vscode.FileCoverage(uri, counted(statements), undefined, counted(functions));
      const includesTests = byTest.filter(({ files }) => files.has(each.file)).map(({ item }) => item);
      return Object.assign(coverage, { includesTests });
    });
  }

  /** Statements and functions of a file; of one test when it is given. */
  of(coverage: vscode.FileCoverage, item?: vscode.TestItem): vscode.FileCoverageDetail[] {
    const known = this.details.get(coverage.uri.toString());
    const trace = item && this.traces.find((each) => each.item.id === item.id);
    const shown =
      trace && known ? coveredFiles(this.program, [trace.covered]).find(({ file }) => file === known.file) : known;
    return shown
      ? [
          ...shown.functions.map((each) => new vscode.DeclarationCoverage(each.name, each.runs, rangeOf(each))),
          ...shown.statements.map((each) => new vscode.StatementCoverage(each.runs, rangeOf(each))),
        ]
      : [];
  }

  private touched(runs: readonly Uint8Array[]): readonly CoveredFile[] {
    return coveredFiles(this.program, runs).filter(({ statements }) => statements.some((each) => each.runs > 0));
  }
}

function counted(places: readonly { readonly runs: number }[]): vscode.TestCoverageCount {
  return new vscode.TestCoverageCount(places.filter(({ runs }) => runs > 0).length, places.length);
}

function rangeOf({ line, column, endLine, endColumn }: Extent): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}
