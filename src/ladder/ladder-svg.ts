/**
 * A ladder as an SVG file that stands for itself: colours for light and dark, a title and a description for those who do
 * not see it.
 *
 * In: a {@link Ladder}. Out: SVG 1.1 text; everything that comes from a scenario or kernel is escaped.
 */
import type { Ladder } from './ladder-model';
import type { Shape } from '../picture/shapes';
import { svgText } from '../picture/svg';
import { layOut, type LayoutOptions } from './ladder-layout';

const STYLE = `
svg{background:#fff;color:#1f1f1f;font:12px ui-monospace,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace}
text{fill:currentColor}.name{font-weight:bold;font-size:13px}.time{fill:#6a6a6a;font-size:11px}
.life{stroke:#b0b0b0;stroke-dasharray:2 3}.bar{fill:#3b7dd8}.bar.asleep{fill:#fff;stroke:#3b7dd8;stroke-dasharray:3 2}
.bar.open{fill:#9cbfea}.return,.call{font-size:11px}.failed,.drop,.fault,.expectation{fill:#b3261e}
line.packet,path.packet{stroke:#1f1f1f;fill:none;stroke-width:1.2}path.head{fill:#1f1f1f;stroke:none}
line.again,path.packet.again{stroke:#a15c00;stroke-dasharray:5 3}path.head.again,text.again{fill:#a15c00}
.joined{stroke:#a15c00;fill:none}.sign{fill:#6a3fb5}.mark{font-size:11px}
@media (prefers-color-scheme:dark){svg{background:#1f1f1f;color:#e6e6e6}.time{fill:#a6a6a6}.life{stroke:#5f5f5f}
.bar{fill:#5fa0f5}.bar.asleep{fill:#1f1f1f;stroke:#5fa0f5}.bar.open{fill:#3a5f92}.failed,.drop,.fault,.expectation{fill:#ff8a80}
line.packet,path.packet{stroke:#e6e6e6}path.head{fill:#e6e6e6}line.again,path.packet.again,.joined{stroke:#f0b35c}
path.head.again,text.again{fill:#f0b35c}.sign{fill:#b79bf0}}
`.trim();

/** The whole picture, titled. */
export function ladderSvg(ladder: Ladder, title: string, options: LayoutOptions): string {
  const layout = layOut(ladder, options);
  const lines = layout.lines.map((x): Shape => ({
    kind: 'line',
    x1: x,
    y1: layout.top(0) - 8,
    x2: x,
    y2: layout.height - 8,
    class: 'life',
  }));
  const shapes = [
    ...lines,
    ...layout.bars.flatMap(({ shapes: bars }) => bars),
    ...layout.head,
    ...layout.rows.flatMap((row, i) => [...(layout.times[i] ?? []), ...row]),
  ];
  return svgText({ width: layout.width, height: layout.height, title, style: STYLE, shapes });
}
