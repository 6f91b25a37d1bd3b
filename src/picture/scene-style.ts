/**
 * What the classes of scenes look like, in a file and on a page.
 *
 * In: nothing. Out: CSS. The rules use colours by name; a file brings its own, for light and dark, a page those of the
 * editor's theme.
 */

/** Colours of files. */
export const FILE_COLOURS = `
.scene{--paper:#fff;--ink:#1f1f1f;--faint:#6a6a6a;--line:#b0b0b0;--fill:#cfe0f5;--strong:#2a66b0;--alarm:#b3261e;
--one:#2a66b0;--two:#a15c00;--three:#2b7a3d;--four:#6a3fb5;
font:12px ui-monospace,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;background:var(--paper)}
@media (prefers-color-scheme:dark){.scene{--paper:#1f1f1f;--ink:#e6e6e6;--faint:#a6a6a6;--line:#5f5f5f;--fill:#2b4361;
--strong:#5fa0f5;--alarm:#ff8a80;--one:#5fa0f5;--two:#f0b35c;--three:#7bc98a;--four:#b79bf0}}
`.trim();

/** Rules of both. */
export const SCENE_RULES = `
.scene text{fill:var(--ink);font-size:12px}.scene .title{font-weight:bold;font-size:13px}
.scene text.small{font-size:11px}.scene text.faint{fill:var(--faint)}.scene text.alarm{fill:var(--alarm)}
.scene text.strong{font-weight:bold}
.scene line.rule,.scene path.rule{stroke:var(--line);fill:none}.scene .dashed{stroke-dasharray:3 3}
.scene rect.function{fill:var(--fill);stroke:var(--line)}.scene rect.box{fill:var(--fill);stroke:var(--strong)}.scene rect.empty{fill:none;stroke:var(--line)}
.scene rect.gauge{fill:none;stroke:var(--line)}.scene rect.level{fill:var(--strong)}
.scene rect.level.full{fill:var(--alarm)}.scene line.limit{stroke:var(--alarm);stroke-width:2}
.scene line.move,.scene path.move{stroke:var(--line);fill:none}.scene path.tip{fill:var(--line)}
.scene .taken{stroke:var(--strong);stroke-width:2}.scene path.tip.taken{fill:var(--strong);stroke:none}
.scene rect.state{fill:var(--paper);stroke:var(--line)}.scene rect.state.visited{stroke:var(--strong);stroke-width:2}
.scene rect.state.present{fill:var(--strong);stroke:var(--strong)}.scene text.state-name{font-size:11px;fill:var(--faint)}
.scene text.state-name.visited{fill:var(--ink)}.scene text.state-name.present{fill:var(--paper);font-weight:bold}
.scene text.number{fill:var(--strong);font-weight:bold;stroke:var(--paper);stroke-width:3;paint-order:stroke}
.scene path.sign{fill:var(--ink)}.scene path.sign.alarm{fill:var(--alarm)}.scene path.sign.four{fill:var(--four)}
.scene path.sign.one{fill:var(--one)}.scene path.sign.two{fill:var(--two)}.scene path.sign.three{fill:var(--three)}
.scene path.curve{fill:none;stroke-width:1.5}.scene circle{stroke:none}
.scene path.one{stroke:var(--one)}.scene path.two{stroke:var(--two)}.scene path.three{stroke:var(--three)}
.scene path.four{stroke:var(--four)}
.scene path.curve.two{stroke-dasharray:6 3}.scene path.curve.three{stroke-dasharray:2 3}
.scene path.curve.four{stroke-dasharray:8 3 2 3}
.scene path.sign.one,.scene path.sign.two,.scene path.sign.three,.scene path.sign.four{stroke:var(--paper);stroke-width:.5}
.scene text.one{fill:var(--one)}.scene text.two{fill:var(--two)}.scene text.three{fill:var(--three)}
.scene text.four{fill:var(--four)}
`
  .trim()
  .replaceAll('\n', '');
