/**
 * Which names stand for types at a point of the source (the feedback from declarations to the lexer that C needs, C99
 * 6.2.1, 6.7.7). The file scope outlives chunks; inner scopes are pushed and popped while a function is rendered.
 */
import { known } from '../preprocess/atoms';

export class FileScope {
  /** Atoms of typedef names declared at file scope so far. */
  readonly types = new Set<number>([known.__builtin_va_list]);
}

export class Scopes {
  private readonly inner: Map<number, boolean>[] = [];
  /** Typedef names this chunk added to the file scope, for the cache. */
  readonly added: number[] = [];

  constructor(private readonly file: FileScope) {}

  push(): void {
    this.inner.push(new Map());
  }

  pop(): void {
    this.inner.pop();
  }

  get depth(): number {
    return this.inner.length;
  }

  /** Back to an earlier depth, when a construct was given up. */
  cutTo(depth: number): void {
    this.inner.length = Math.min(this.inner.length, depth);
  }

  declare(atom: number, isType: boolean): void {
    const scope = this.inner[this.inner.length - 1];
    if (scope) {
      scope.set(atom, isType);
    } else if (isType && !this.file.types.has(atom)) {
      this.file.types.add(atom);
      this.added.push(atom);
    }
  }

  isType(atom: number): boolean {
    for (let i = this.inner.length - 1; i >= 0; i--) {
      const answer = this.inner[i]?.get(atom);
      if (answer !== undefined) {
        return answer;
      }
    }
    return this.file.types.has(atom);
  }
}
