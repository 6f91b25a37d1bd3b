/**
 * What the benchmark prints, and which of its times may be compared.
 *
 * In: the figures of scripts/bench.mjs, how 32-bit programs run here (scripts/programs32.mjs). Out: lines of text, and
 * for each `-m32` time the fields of the results: a time through an emulator has a name of its own and no ratio.
 */

/**
 * The fields for a time of `gcc -m32`; `ours` is the engine's.
 * @returns {{gcc32Milliseconds: number, relativeSpeed32: number} | {qemu32Milliseconds: number} | {}}
 */
export function narrowFigures({ way }, milliseconds, ours) {
  if (milliseconds === undefined || way === 'none') {
    return {};
  }
  return way === 'native'
    ? { gcc32Milliseconds: milliseconds, relativeSpeed32: milliseconds / ours }
    : { qemu32Milliseconds: milliseconds };
}

const millions = (number) => (number / 1e6).toFixed(1);
const labelled = (label, text) => `${`${label}:`.padEnd(37)} ${text}`;
const kernelName = (name) => (name === 'tree' ? 'the kernel tree' : 'bundled kernel');

/** The kernels beside gcc, and what is to be known of the -m32 column. */
export function kernelLines(rows, geometricMeanRelativeSpeed, narrow) {
  const title = narrow.way === 'qemu' ? '-m32 qemu' : '-m32 ms';
  const cell = (row) => (row.gcc32Milliseconds ?? row.qemu32Milliseconds)?.toFixed(1) ?? 'missing';
  const told = {
    native: [],
    qemu: [`-m32: ${narrow.sentence}; their times are in no ratio`],
    none: [`-m32: missing: ${narrow.sentence}`],
  };
  return [
    `kernel   gcc -O0 ms  ${title.padStart(9)}   engine ms   M statements/s   relative speed (gcc -O0 = 1)`,
    ...rows.map(
      (row) =>
        `${row.name.padEnd(8)} ${row.gccMilliseconds.toFixed(1).padStart(10)} ${cell(row).padStart(10)} ${row.engineMilliseconds.toFixed(1).padStart(11)} ${millions(row.engineStatementsPerSecond).padStart(16)} ${row.relativeSpeed.toFixed(2).padStart(12)}`,
    ),
    labelled('geometric mean of relative speed', geometricMeanRelativeSpeed.toFixed(2)),
    ...told[narrow.way],
  ];
}

export function sessionLines({ 'single-steps': steps, 'step-back': back }) {
  return [
    labelled('single steps, host in control', `${millions(steps.perSecond)} M/s`),
    labelled(
      'step back after 1 M statements',
      `${back.milliseconds.toFixed(1)} ms, at worst ${back.worst.toFixed(1)} ms`,
    ),
  ];
}

export function openingLines(opening) {
  const figures = ({ milliseconds, peakMiB }) => `${milliseconds.toFixed(0)} ms, ${peakMiB.toFixed(0)} MiB`;
  return Object.entries(opening).map(([name, { cold, cached }]) =>
    labelled(
      `open ${name === 'tree' ? 'the kernel tree' : 'the bundled kernel'}`,
      `cold ${figures(cold)}; cached ${figures(cached)}`,
    ),
  );
}

/** First stops, in multiples of what gcc -O0 takes to compile the same C. */
export function startLines({ bundled, tree }) {
  const line = (label, milliseconds, { gccMilliseconds: gcc, gccIsWhole }) =>
    labelled(
      label,
      `${milliseconds.toFixed(0)} ms${gcc ? `: ${(milliseconds / gcc).toFixed(2)} × gcc -O0 (${gcc.toFixed(0)} ms${gccIsWhole ? '' : ', and it refused some of the files'})` : '; gcc: missing'}`,
    );
  return [
    line('F5 on a fresh profile to the first stop', bundled.first, bundled),
    line('F5 again in the same editor', bundled.again, bundled),
    ...(tree
      ? [line("a tree's first start", tree.first, tree), line('a tree whose image is kept', tree.again, tree)]
      : []),
  ];
}

/** Reading a document, in multiples of what tree-sitter takes for the same text. */
export function documentLines({ bytes, functions, milliseconds, edited, treeSitter }) {
  const times = (figure) => `${figure.toFixed(0)} ms (${(figure / treeSitter).toFixed(2)} × tree-sitter)`;
  return [
    labelled(
      `document, ${(bytes / 1e6).toFixed(1)} MB, ${functions} listings`,
      `to diagnostics ${times(milliseconds)}; after an edit ${times(edited)}; tree-sitter ${treeSitter.toFixed(0)} ms`,
    ),
  ];
}

/** Connections through one listener: what all of them took, and what each took. */
export function loadLines(load) {
  const line = (name, { connections, statements, milliseconds, peakMiB }) =>
    labelled(
      `${connections.toLocaleString('en')} connections, ${kernelName(name)}`,
      `${(statements / 1e6).toFixed(2)} M statements in ${milliseconds.toFixed(0)} ms (${(statements / milliseconds / 1e3).toFixed(1)} M/s); each ${Math.round(statements / connections).toLocaleString('en')} statements, ${((milliseconds / connections) * 1000).toFixed(0)} µs; peak ${peakMiB.toFixed(0)} MiB`,
    );
  return Object.entries(load).flatMap(([name, figures]) => [figures, ...figures.many].map((each) => line(name, each)));
}

export function transferLines(transfer) {
  return Object.entries(transfer).map(([name, { statements, milliseconds, ...narrow }]) => {
    const native =
      narrow.relativeSpeed32 === undefined
        ? ''
        : `; gcc -m32 -O0 ${narrow.gcc32Milliseconds.toFixed(2)} ms, relative speed ${narrow.relativeSpeed32.toFixed(2)}`;
    const emulated =
      narrow.qemu32Milliseconds === undefined
        ? ''
        : `; gcc -m32 -O0 through qemu ${narrow.qemu32Milliseconds.toFixed(2)} ms, no ratio`;
    return labelled(
      `512 KB of TCP, ${kernelName(name)}`,
      `${(statements / 1e6).toFixed(2)} M statements in ${milliseconds.toFixed(2)} ms (${(statements / milliseconds / 1e3).toFixed(0)} M/s)${native}${emulated}`,
    );
  });
}

/** A stop as an editor sees it, beside what the protocol alone takes and beside gdb's machine interface. */
export function stopLines({ milliseconds, echoMilliseconds, timesEcho, gdbMilliseconds, timesGdb }) {
  const gdb =
    timesGdb === undefined
      ? 'gdb: missing'
      : `gdb/MI on the same C natively ${gdbMilliseconds.toFixed(2)} ms: ${timesGdb.toFixed(1)} × as fast as gdb`;
  const echo = `an adapter that only echoes ${echoMilliseconds.toFixed(2)} ms: ${timesEcho.toFixed(2)} × its time`;
  return [labelled('a stop over stdio', `${milliseconds.toFixed(2)} ms; ${echo}; ${gdb}`)];
}

/** Questions to the past: the 95th percentiles, with the load of the machine (processes that want to run). */
export function historyLines(runs) {
  const ms = ({ wall, processor }) => `${wall.toFixed(1)} ms (${processor.toFixed(1)} of processor time)`;
  return runs.flatMap((run) => [
    `over ${millions(run.statements)} M statements, at load ${run.load.toFixed(1)}, 95th percentiles:`,
    labelled(
      '  who wrote this',
      `${ms(run.who)}; of 60 variables, each once, ${ms(run.whoOnce)}; the very first question ${ms(run.first)}`,
    ),
    labelled('  ask', `${ms(run.ask)}; with a condition in C at each call ${ms(run.askWhere)}`),
    labelled('  origin of a value', ms(run.origin)),
    labelled('  step back', `${ms(run.stepBack)}; and over a call once more ${ms(run.stepBackAgain)}`),
    labelled('  reverse continue, never true', ms(run.reverse)),
    labelled(
      '  longest wait of a cancel',
      Object.entries(run.deaf)
        .map(([what, { wall, processor }]) => `${what} ${wall.toFixed(0)} ms (${processor.toFixed(0)})`)
        .join(', '),
    ),
    labelled(
      '  memory of history',
      `${run.historyMiB.toFixed(1)} MiB, ${run.historyPerMillion.toFixed(2)} MiB per M statements`,
    ),
  ]);
}

/** What a long run keeps at each tenth of it: there is a bound. */
export function memoryLines(samples) {
  return samples.map(({ statements, historyMiB }) =>
    labelled(`memory after ${millions(statements)} M statements`, `${historyMiB.toFixed(1)} MiB`),
  );
}

/** The index of names of a tree, beside ctags on the same files. */
export function namesLines({
  files,
  characters,
  definitions,
  bytes,
  ctags,
  ctagsCpu,
  hovers,
  clangd,
  explain,
  load,
  ...times
}) {
  const ms = (figure) => `${figure.toFixed(figure < 10 ? 1 : 0)} ms`;
  const ratio =
    ctags === undefined
      ? 'ctags: missing'
      : `${(times.build / ctags).toFixed(2)} × ctags -R (${ms(ctags)}), of the processor ${(times.buildCpu / ctagsCpu).toFixed(2)} × (${ms(times.buildCpu)} and ${ms(ctagsCpu)})`;
  return [
    labelled(
      `names, ${files.toLocaleString('en')} files, ${(characters / 1e6).toFixed(1)} MB`,
      `${definitions.toLocaleString('en')} definitions in ${ms(times.build)}: ${ratio}; ${(bytes / 2 ** 20).toFixed(1)} MiB of arrays, peak ${times.peakMiB.toFixed(0)} MiB; load ${load.toFixed(1)}`,
    ),
    labelled(
      'names asked, 95 % below',
      `kept index read in ${ms(times.reopen)}; references of struct sock ${ms(times.sock)}, of others ${ms(times.references)}; definition ${ms(times.definition)}; an edit ${ms(times.edit)}`,
    ),
    labelled(
      "clangd's index of the same",
      clangd === undefined
        ? 'clangd: missing'
        : `${clangd.shards.toLocaleString('en')} files in ${ms(clangd.milliseconds)}, ${ms(clangd.cpu)} of the processor; ours takes ${(times.build / clangd.milliseconds).toFixed(3)} × that, of the processor ${(times.buildCpu / clangd.cpu).toFixed(3)} ×`,
    ),
    labelled(
      'hovers, 95 % below',
      `${ms(hovers.later)} (${hovers.hovers.toLocaleString('en')} of them, the worst ${ms(hovers.worst)}); the first in a file ${ms(hovers.first)} (${hovers.files} files)`,
    ),
    labelled(
      'sockscope explain, tree kept',
      `${ms(explain.line)} for a line, ${ms(explain.name)} for a name, with starting and ending the process`,
    ),
  ];
}

/** The inspector's page: steps with many sockets alive, the slider, the long ladder. */
export function inspectorLines({ scrub, ladder, ...stepping }) {
  const ms = (value) => value.toFixed(1).padStart(7);
  return [
    '',
    'the inspector, from a step to the painted change (milliseconds, median and 95 %; processor time: machine + page):',
    ...Object.entries(stepping).map(
      ([sockets, each]) =>
        `  ${sockets.padStart(6)} sockets  painted ${ms(each.painted.median)} ${ms(each.painted.p95)}   processor ${ms(each.processor.median)} ${ms(each.processor.p95)}` +
        ` (${each.machine.p95.toFixed(1)} + ${each.page.p95.toFixed(1)})   message ${each.kib.toFixed(0)} KiB   heap ${each.heapMiB.toFixed(1)} MiB   ${each.elements} elements   load ${each.load.toFixed(1)}`,
    ),
    `  slider over ${scrub.statements.toLocaleString('en')} statements: ${scrub.framesPerSecond.toFixed(1)} pictures a second, ${scrub.processor.toFixed(1)} ms of processor for each, heap ${scrub.heapMiB.toFixed(1)} MiB, load ${scrub.load.toFixed(1)}`,
    `  ladder of ${ladder.packets.toLocaleString('en')} packets (${ladder.rows.toLocaleString('en')} rows): shown after ${ladder.shown.toFixed(0)} ms; scrolled, a frame takes ${ladder.frame.median.toFixed(1)} (95 %: ${ladder.frame.p95.toFixed(1)}, worst ${ladder.worst.toFixed(1)}) ms, of which the page works ${ladder.task.toFixed(1)}; heap ${ladder.heapMiB.toFixed(1)} MiB, load ${ladder.load.toFixed(1)}`,
  ];
}
