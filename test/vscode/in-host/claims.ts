/** Steps of the suite in the extension host, where no test runner is: what held, what did not, all of them told. */
export class Claims {
  private readonly broken: string[] = [];
  private held = 0;

  async step(name: string, act: () => void | PromiseLike<void>): Promise<void> {
    try {
      await act();
      this.held++;
      console.log(`ok ${name}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.broken.push(`${name}: ${reason}`);
      console.log(`not ok ${name}: ${reason}`);
    }
  }

  equal(actual: unknown, expected: unknown): void {
    if (actual !== expected) {
      throw new Error(`expected ${String(expected)}, there is ${String(actual)}`);
    }
  }

  matches(actual: string, pattern: RegExp): void {
    if (!pattern.test(actual)) {
      throw new Error(`expected ${pattern}, there is ${actual.slice(0, 500)}`);
    }
  }

  conclude(): void {
    if (this.broken.length > 0) {
      throw new Error(
        `${this.broken.length} of ${this.broken.length + this.held} do not hold:\n${this.broken.join('\n')}`,
      );
    }
    console.log(`in-host: ${this.held} hold`);
  }
}
