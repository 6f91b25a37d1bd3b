/**
 * Where the time of a command goes (`--profile`).
 *
 * In: the host's clock, and word of each phase that begins. Out: milliseconds for each phase, as a table or as data; what
 * is none of the phases counts as `other`.
 */
import { phases, type Phase } from '../base/phases';
import type { Bilingual } from '../base/bilingual';
import { hasFile, type FileLoader } from '../source/file-loader';

type Measured = Phase | 'other';

export class Profile {
  private readonly spent = new Map<Measured, number>();
  private present: Measured = 'other';
  private since: number;

  constructor(private readonly now: () => number) {
    this.since = now();
  }

  /** A phase begins; the one before ends. */
  readonly enter = (phase: Measured): void => {
    const now = this.now();
    this.spent.set(this.present, (this.spent.get(this.present) ?? 0) + now - this.since);
    this.present = phase;
    this.since = now;
  };

  /** Does something that belongs to a phase in the middle of another. */
  during<T>(phase: Measured, work: () => T): T {
    const before = this.present;
    this.enter(phase);
    try {
      return work();
    } finally {
      this.enter(before);
    }
  }

  /** The same loader; what it takes to read files is the phase `read`. */
  reading(loader: FileLoader): FileLoader {
    return {
      load: (path) => this.during('read', () => loader.load(path)),
      has: (path) => this.during('read', () => hasFile(loader, path)),
      stamp: (path) => this.during('read', () => loader.stamp?.(path)),
      ...(loader.problems ? { problems: () => loader.problems?.() ?? [] } : {}),
    };
  }

  /** Milliseconds, rounded to a tenth, of all phases in their order. */
  result(): Readonly<Record<Measured | 'all', number>> {
    this.enter(this.present);
    const rounded = (value: number): number => Math.round(value * 10) / 10;
    const of = (phase: Measured): number => rounded(this.spent.get(phase) ?? 0);
    const all = rounded([...this.spent.values()].reduce((sum, each) => sum + each, 0));
    const named = Object.fromEntries(phases.map((phase) => [phase, of(phase)])) as Record<Phase, number>;
    return { ...named, other: of('other'), all };
  }
}

/** The phases for a reader. */
export const phaseNames: Readonly<Record<Measured | 'all', Bilingual>> = {
  read: { en: 'read files', zh: '读取文件' },
  preprocess: { en: 'preprocess', zh: '预处理' },
  parse: { en: 'parse', zh: '语法分析' },
  check: { en: 'check types', zh: '类型检查' },
  lower: { en: 'lower and link', zh: '降级与链接' },
  emit: { en: 'emit wasm', zh: '生成 wasm' },
  instantiate: { en: 'start the machine', zh: '启动机器' },
  run: { en: 'run', zh: '运行' },
  other: { en: 'all else', zh: '其余' },
  all: { en: 'in all', zh: '合计' },
};
