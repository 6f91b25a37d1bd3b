/**
 * Looks over a whole catalogue against a set of source files. In: catalogue and files (a kernel, or one document). Out:
 * orphans (SS6002), references to entries that do not exist (SS6004), stale pairs (SS6003), and counts for the summary.
 *
 * An entry is an orphan when one of its functions is defined in the files but none of its statements is found there, or
 * when the files do not define its functions at all. A document holds only a part of the kernel, so there functions may
 * be absent. Of an entry about several statements some may be missing, since versions differ.
 */
import { itemAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { AnnotatedFile } from './annotated-file';
import type { Catalog } from './catalog';
import type { Entry } from './entry';
import { asHeldBy, noKernel, type KernelText } from './holding';
import { checkPairs, stalenessOf } from './pairing';
import type { Reader } from '../reading/reader';
import { checkQueries } from './check-queries';
import type { ResolvedAnchor } from './resolve-anchor';

export interface CatalogCheck {
  readonly diagnostics: readonly Diagnostic[];
  /** For every statement entry the best place of each of its statements. */
  readonly resolved: ReadonlyMap<Entry, readonly (ResolvedAnchor & { readonly path: string })[]>;
  readonly orphans: readonly Entry[];
  /** Entries whose two texts were not compared since they were changed. */
  readonly stale: readonly Entry[];
}

export interface CheckOptions {
  /** Text of the kernel, by which some entries hold or not. */
  readonly kernel?: KernelText;
  /** Functions that are absent make an orphan too. */
  readonly wholeKernel: boolean;
  readonly reader: Reader;
}

/** Resolves everything and says what does not fit. */
export function checkCatalog(catalog: Catalog, files: Iterable<SourceFile>, options: CheckOptions): CatalogCheck {
  const defined = new Set<string>();
  const resolved = new Map<Entry, (ResolvedAnchor & { path: string })[]>();
  const owners = new Map<string, SourceFile>();
  for (const file of files) {
    const annotated = new AnnotatedFile(file, catalog, options.reader, options.kernel);
    for (const { name } of annotated.functions) {
      defined.add(name);
      owners.set(name, owners.get(name) ?? file);
    }
    for (const anchor of annotated.anchors) {
      const entry = catalog.get(anchor.entry.id) ?? anchor.entry;
      addBest(resolved, { ...anchor, entry, path: file.path });
    }
  }
  const pairs = checkPairs(catalog.entries);
  const kernel = { ...(options.kernel ?? noKernel), fileOf: (name: string) => owners.get(name) };
  const orphans = catalog.entries.filter(
    (entry) => entry.anchor && isOrphan(entry, resolved.get(entry) ?? [], defined, options) && asHeldBy(entry, kernel),
  );
  return {
    diagnostics: [
      ...catalog.diagnostics,
      ...orphans.map(orphanDiagnostic),
      ...checkReferences(catalog),
      ...checkQueries(catalog, options.reader),
      ...pairs,
    ],
    resolved,
    orphans,
    stale: catalog.entries.filter((entry) => stalenessOf(entry) !== 'fresh'),
  };
}

function addBest(
  resolved: Map<Entry, (ResolvedAnchor & { path: string })[]>,
  anchor: ResolvedAnchor & { path: string },
): void {
  const list = resolved.get(anchor.entry) ?? [];
  const at = list.findIndex((other) => other.place === anchor.place);
  if (at < 0) {
    list.push(anchor);
  } else if (anchor.confidence > itemAt(list, at).confidence) {
    list[at] = anchor;
  }
  resolved.set(anchor.entry, list);
}

function functionsOf({ anchor }: Entry): readonly string[] {
  return anchor?.functions ?? [];
}

function isOrphan(
  entry: Entry,
  found: readonly ResolvedAnchor[],
  defined: ReadonlySet<string>,
  options: CheckOptions,
): boolean {
  const present = functionsOf(entry).some((name) => defined.has(name));
  return (present || options.wholeKernel) && found.length === 0 && !entry.optional;
}

function orphanDiagnostic(entry: Entry): Diagnostic {
  return {
    code: 'SS6002',
    severity: 'warning',
    span: entry.place,
    message: sentence('entry-finds-no-statement-like-statement-in-functions', {
      entry: entry.id,
      statement: entry.name,
      functions: functionsOf(entry).join(', '),
    }),
    remedy: sentence('add-the-spelling-used-there-under-or-or-name-the'),
  };
}

function checkReferences(catalog: Catalog): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const entry of catalog.entries) {
    for (const id of entry.see.filter((each) => !catalog.get(each))) {
      diagnostics.push({
        code: 'SS6004',
        severity: 'warning',
        span: entry.place,
        message: sentence('entry-points-to-id-which-no-pack-has', { entry: entry.id, id }),
        remedy: sentence('correct-the-id-under-see'),
      });
    }
  }
  return diagnostics;
}
