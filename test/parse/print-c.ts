/**
 * Prints the syntax tree as C, every expression in parentheses: so that a tree can be read in a test, and compiled by
 * another compiler to see whether it means what the source meant.
 */
import { wording } from '../../src/sentences/wording';
import type {
  Attribute,
  Declaration,
  Declarator,
  Designator,
  Expr,
  Initializer,
  Qualifiers,
  Stmt,
  TopLevel,
  TypeSyntax,
} from '../../src/parse/ast';

export function printUnit(items: readonly TopLevel[]): string {
  return new Printer().unit(items);
}

export function printExpression(expr: Expr): string {
  return new Printer().expr(expr);
}

export function printType(type: TypeSyntax, name = ''): string {
  return new Printer().declare(type, name);
}

class Printer {
  /** Struct and enum bodies already printed: specifiers shared by declarators are printed once. */
  private readonly printed = new Set<TypeSyntax>();

  unit(items: readonly TopLevel[]): string {
    return items.map((item) => this.item(item)).join('\n');
  }

  private item(item: TopLevel): string {
    if (item.kind === 'declaration') {
      return this.declaration(item);
    }
    const head = [
      item.storage,
      item.inline ? 'inline' : '',
      this.attributes(item.attributes),
      this.declare(item.type, item.name),
    ]
      .filter(Boolean)
      .join(' ');
    return `${head} ${item.oldStyle.map((declaration) => this.declaration(declaration)).join(' ')}${this.stmt(item.body)}`;
  }

  private attributes(attributes: readonly Attribute[]): string {
    const texts = attributes
      .filter(({ name }) => name !== 'pragma_pack')
      .map(
        ({ name, args }) =>
          `${name}${args.length > 0 ? `(${args.map((arg) => (arg.kind === 'identifier' ? arg.name : this.expr(arg))).join(',')})` : ''}`,
      );
    return texts.length > 0 ? `__attribute__((${texts.join(',')}))` : '';
  }

  declaration(declaration: Declaration): string {
    const head = [declaration.storage, declaration.inline ? 'inline' : ''].filter(Boolean).join(' ');
    if (declaration.declarators.length === 0) {
      return `${head} ${this.declare(declaration.base, '')};`;
    }
    return declaration.declarators.map((declarator) => `${head} ${this.declarator(declarator)};`).join(' ');
  }

  private declarator(declarator: Declarator): string {
    const width = declarator.bitWidth ? `: ${this.expr(declarator.bitWidth)}` : '';
    const value = declarator.initializer ? ` = ${this.initializer(declarator.initializer)}` : '';
    return `${this.declare(declarator.type, declarator.name ?? '')}${width} ${this.attributes(declarator.attributes)}${value}`;
  }

  private qualifiers(qualifiers: Qualifiers | undefined): string {
    return ['const', 'volatile', 'restrict']
      .filter((word) => qualifiers?.[word as keyof Qualifiers])
      .map((word) => (word === 'restrict' ? '__restrict' : word))
      .join(' ');
  }

  /** Type and name, inside out. */
  declare(type: TypeSyntax, name: string): string {
    const qualifiers = this.qualifiers(type.qualifiers);
    switch (type.kind) {
      case 'pointer': {
        const inner = `*${qualifiers} ${name}`;
        return this.declare(type.to, type.to.kind === 'array' || type.to.kind === 'function' ? `(${inner})` : inner);
      }
      case 'array':
        return this.declare(type.of, `${name}[${type.size ? this.expr(type.size) : ''}]`);
      case 'function': {
        const parameters = type.parameters.map((parameter) => this.declare(parameter.type, parameter.name ?? ''));
        const list = type.names
          ? type.names.join(', ')
          : type.prototype
            ? [
                ...(parameters.length > 0 ? parameters : type.variadic ? [] : ['void']),
                ...(type.variadic ? ['...'] : []),
              ].join(', ')
            : '';
        return this.declare(type.returns, `${name}(${list})`);
      }
      default:
        return `${qualifiers} ${this.specifier(type)} ${name}`.trim();
    }
  }

  private specifier(type: TypeSyntax): string {
    switch (type.kind) {
      case 'basic':
        return type.words.join(' ') || 'int';
      case 'named':
        return type.name;
      case 'typeof-type':
        return `__typeof__(${this.declare(type.type, '')})`;
      case 'typeof-expression':
        return `__typeof__(${this.expr(type.operand)})`;
      case 'record': {
        const body =
          type.members && !this.printed.has(type)
            ? `{ ${type.members.map((member) => this.declaration(member)).join(' ')} } ${this.attributes(type.attributes)}`
            : '';
        this.printed.add(type);
        return `${type.tag} ${type.name ?? ''} ${body}`;
      }
      case 'enum': {
        const body =
          type.enumerators && !this.printed.has(type)
            ? `{ ${type.enumerators.map(({ name, value }) => (value ? `${name} = ${this.expr(value)}` : name)).join(', ')} }`
            : '';
        this.printed.add(type);
        return `enum ${type.name ?? ''} ${body}`;
      }
      default:
        return `/* ${type.kind} */`;
    }
  }

  initializer(initializer: Initializer): string {
    if (initializer.kind === 'expression') {
      return this.expr(initializer.value);
    }
    const items = initializer.items.map(
      ({ designators, value }) =>
        `${designators.map((designator) => this.designator(designator)).join('')}${designators.length > 0 ? ' = ' : ''}${this.initializer(value)}`,
    );
    return `{ ${items.join(', ')} }`;
  }

  private designator(designator: Designator): string {
    return designator.kind === 'field'
      ? `.${designator.name}`
      : `[${this.expr(designator.index)}${designator.last ? ` ... ${this.expr(designator.last)}` : ''}]`;
  }

  expr(expr: Expr): string {
    switch (expr.kind) {
      case 'identifier':
        return expr.name;
      case 'integer':
        return `${expr.decimal ? expr.value : `0x${expr.value.toString(16)}`}${expr.unsigned ? 'u' : ''}${'l'.repeat(expr.long)}`;
      case 'floating':
        return `${Number.isInteger(expr.value) && Math.abs(expr.value) < 1e15 ? expr.value.toFixed(1) : expr.value}${expr.suffix}`;
      case 'character':
        return `${expr.wide ? "L'" : "'"}\\x${(expr.value & 255).toString(16)}'`;
      case 'string':
        return expr.units
          ? `L"${[...expr.units].map((unit) => `\\x${unit.toString(16)}" L"`).join('')}"`
          : `"${[...expr.bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}"`;
      case 'unary':
        return `(${expr.operator}${this.expr(expr.operand)})`;
      case 'increment':
        return expr.prefix
          ? `(${expr.delta > 0 ? '++' : '--'}${this.expr(expr.operand)})`
          : `(${this.expr(expr.operand)}${expr.delta > 0 ? '++' : '--'})`;
      case 'binary':
      case 'comma':
        return `(${this.expr(expr.left)} ${expr.kind === 'comma' ? ',' : expr.operator} ${this.expr(expr.right)})`;
      case 'assign':
        return `(${this.expr(expr.target)} ${expr.operator} ${this.expr(expr.value)})`;
      case 'conditional':
        return `(${this.expr(expr.condition)} ? ${expr.then ? this.expr(expr.then) : ''} : ${this.expr(expr.otherwise)})`;
      case 'call':
        return `${this.expr(expr.callee)}(${expr.args.map((arg) => this.expr(arg)).join(', ')})`;
      case 'index':
        return `${this.expr(expr.base)}[${this.expr(expr.index)}]`;
      case 'member':
        return `${this.expr(expr.base)}${expr.arrow ? '->' : '.'}${expr.name}`;
      case 'cast':
        return `((${this.declare(expr.type, '')})${this.expr(expr.operand)})`;
      case 'sizeof-expression':
        return `sizeof(${this.expr(expr.operand)})`;
      case 'sizeof-type':
        return `sizeof(${this.declare(expr.type, '')})`;
      case 'alignof-expression':
        return `__alignof__(${this.expr(expr.operand)})`;
      case 'alignof-type':
        return `__alignof__(${this.declare(expr.type, '')})`;
      case 'compound-literal':
        return `((${this.declare(expr.type, '')})${this.initializer(expr.initializer)})`;
      case 'statement-expression':
        return `(${this.stmt(expr.body)})`;
      case 'offsetof':
        return `__builtin_offsetof(${this.declare(expr.type, '')}, ${expr.path
          .map((part) => this.designator(part))
          .join('')
          .replace(/^\./, '')})`;
      case 'va-arg':
        return `__builtin_va_arg(${this.expr(expr.list)}, ${this.declare(expr.type, '')})`;
      case 'label-address':
        return `(&&${expr.name})`;
      case 'generic':
        return `_Generic(${this.expr(expr.control)}, ${expr.choices.map(({ type, value }) => `${type ? this.declare(type, '') : 'default'}: ${this.expr(value)}`).join(', ')})`;
      case 'types-compatible':
        return `__builtin_types_compatible_p(${this.declare(expr.a, '')}, ${this.declare(expr.b, '')})`;
      case 'error':
        return `/* ${wording(expr.message, 'en')} */`;
    }
  }

  stmt(stmt: Stmt): string {
    const body = (inner: Stmt | undefined): string => (inner ? this.stmt(inner) : ';');
    const braced = (inner: Stmt): string => (inner.kind === 'block' ? this.stmt(inner) : `{ ${this.stmt(inner)} }`);
    switch (stmt.kind) {
      case 'expression-statement':
        return `${this.expr(stmt.value)};`;
      case 'empty':
        return ';';
      case 'block':
        return `{ ${stmt.items.map((item) => this.stmt(item)).join('\n')} }`;
      case 'declaration-statement':
        return this.declaration(stmt.declaration);
      case 'if':
        return `if (${this.expr(stmt.condition)}) ${braced(stmt.then)}${stmt.otherwise ? ` else ${braced(stmt.otherwise)}` : ''}`;
      case 'while':
        return `while (${this.expr(stmt.condition)}) ${body(stmt.body)}`;
      case 'do-while':
        return `do ${body(stmt.body)} while (${this.expr(stmt.condition)});`;
      case 'for': {
        const initial =
          stmt.initial &&
          ('declarators' in stmt.initial ? this.forDeclaration(stmt.initial) : `${this.expr(stmt.initial)};`);
        return `for (${initial ?? ';'} ${stmt.condition ? this.expr(stmt.condition) : ''}; ${stmt.step ? this.expr(stmt.step) : ''}) ${body(stmt.body)}`;
      }
      case 'switch':
        return `switch (${this.expr(stmt.control)}) ${body(stmt.body)}`;
      case 'case':
        return `case ${this.expr(stmt.value)}${stmt.last ? ` ... ${this.expr(stmt.last)}` : ''}: ${body(stmt.body)}`;
      case 'default':
        return `default: ${body(stmt.body)}`;
      case 'label':
        return `${stmt.name}: ${body(stmt.body)}`;
      case 'local-labels':
        return `__label__ ${stmt.names.join(', ')};`;
      case 'goto':
        return `goto ${stmt.label};`;
      case 'goto-computed':
        return `goto *${this.expr(stmt.target)};`;
      case 'break':
        return 'break;';
      case 'continue':
        return 'continue;';
      case 'return':
        return `return ${stmt.value ? this.expr(stmt.value) : ''};`;
      case 'error-statement':
        return `/* ${wording(stmt.message, 'en')} */;`;
    }
  }

  /** All declarators in one declaration: a `for` has room for only one. */
  private forDeclaration(declaration: Declaration): string {
    const [first, ...rest] = declaration.declarators.map((declarator) => this.declarator(declarator));
    const base = this.declare(declaration.base, '');
    return `${[first, ...rest.map((text) => text.replace(base, ''))].join(', ')};`;
  }
}
