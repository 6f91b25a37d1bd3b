/**
 * A syntax tree of tree-sitter as parallel arrays: node 0 is the root, each node has a type, a field name, a UTF-16
 * range, its first child and its next sibling. Punctuation without a field is left out.
 */
export class FlatTree {
  private types: Uint16Array;
  private fields: Uint8Array;
  private missing: Uint8Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private children: Int32Array;
  private siblings: Int32Array;
  length = 0;

  constructor(
    private readonly typeNames: readonly string[],
    private readonly fieldNames: readonly string[],
    /** Whether any node is an error or was made up. */
    public hasError: boolean,
    /** How many nodes to make room for at first. */
    capacity = 16,
  ) {
    this.types = new Uint16Array(capacity);
    this.fields = new Uint8Array(capacity);
    this.missing = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.children = new Int32Array(capacity);
    this.siblings = new Int32Array(capacity);
  }

  /** Empties it for another tree: making arrays takes longer than filling them. */
  reuse(hasError: boolean): this {
    this.length = 0;
    this.hasError = hasError;
    return this;
  }

  add(
    type: number,
    field: number,
    start: number,
    end: number,
    missing: boolean,
    parent: number,
    previous: number,
  ): number {
    const index = this.length++;
    if (index === this.types.length) {
      this.grow();
    }
    this.types[index] = type;
    this.fields[index] = field;
    this.missing[index] = missing ? 1 : 0;
    this.starts[index] = start;
    this.ends[index] = end;
    this.children[index] = -1;
    this.siblings[index] = -1;
    if (previous >= 0) {
      this.siblings[previous] = index;
    } else if (parent >= 0) {
      this.children[parent] = index;
    }
    return index;
  }

  type(node: number): string {
    return this.types[node] === 65535 ? 'ERROR' : (this.typeNames[this.types[node] as number] ?? '');
  }

  isMissing(node: number): boolean {
    return this.missing[node] === 1;
  }

  start(node: number): number {
    return this.starts[node] as number;
  }

  end(node: number): number {
    return this.ends[node] as number;
  }

  firstChild(node: number): number {
    return this.children[node] as number;
  }

  nextSibling(node: number): number {
    return this.siblings[node] as number;
  }

  fieldName(node: number): string {
    return this.fieldNames[this.fields[node] as number] ?? '';
  }

  /** The first child with field `name`, or -1. */
  field(node: number, name: string): number {
    for (let child = this.firstChild(node); child >= 0; child = this.nextSibling(child)) {
      if (this.fieldName(child) === name) {
        return child;
      }
    }
    return -1;
  }

  childrenOf(node: number): number[] {
    const children: number[] = [];
    for (let child = this.firstChild(node); child >= 0; child = this.nextSibling(child)) {
      children.push(child);
    }
    return children;
  }

  private grow(): void {
    const size = this.types.length * 2;
    const copy = <T extends Uint8Array | Uint16Array | Int32Array>(fresh: T, old: T): T => {
      fresh.set(old);
      return fresh;
    };
    this.types = copy(new Uint16Array(size), this.types);
    this.fields = copy(new Uint8Array(size), this.fields);
    this.missing = copy(new Uint8Array(size), this.missing);
    this.starts = copy(new Int32Array(size), this.starts);
    this.ends = copy(new Int32Array(size), this.ends);
    this.children = copy(new Int32Array(size), this.children);
    this.siblings = copy(new Int32Array(size), this.siblings);
  }
}
