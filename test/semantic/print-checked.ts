/**
 * Compact text of checked values, places and statements, for tests. Types follow a colon; int is left out; conversions
 * are written as casts.
 */
import type { LocalInitializer, Place, Statement, Value } from '../../src/semantic/checked';
import type { CType } from '../../src/semantic/ctype';
import { spellType } from '../../src/semantic/spelling';
import { intType } from '../../src/semantic/types';

function suffix(type: CType): string {
  return type === intType ? '' : `:${spellType(type)}`;
}

export function printValue(value: Value): string {
  const typed = (text: string): string => text + suffix(value.type);
  switch (value.kind) {
    case 'integer':
    case 'floating':
      return typed(String(value.value));
    case 'load':
      return typed(printPlace(value.place));
    case 'address':
      return `&${printPlace(value.place)}${suffix(value.type)}`;
    case 'function':
      return value.symbol.name;
    case 'negate':
      return `-${printValue(value.operand)}`;
    case 'complement':
      return `~${printValue(value.operand)}`;
    case 'not':
      return `!${printValue(value.operand)}`;
    case 'arithmetic':
      return typed(`(${printValue(value.left)} ${value.operator} ${printValue(value.right)})`);
    case 'compare':
      return `(${printValue(value.left)} ${value.operator} ${printValue(value.right)})`;
    case 'offset':
      return typed(`(${printValue(value.pointer)} +${value.scale}* ${printValue(value.index)})`);
    case 'pointer-difference':
      return `(${printValue(value.left)} -/${value.scale} ${printValue(value.right)})`;
    case 'convert':
      return `(${spellType(value.type)})${printValue(value.operand)}`;
    case 'and':
    case 'or':
      return `(${printValue(value.left)} ${value.kind} ${printValue(value.right)})`;
    case 'conditional':
      return typed(
        `(${printValue(value.condition)} ? ${value.then ? printValue(value.then) : ''} : ${printValue(value.otherwise)})`,
      );
    case 'comma':
      return `(${printValue(value.left)}, ${printValue(value.right)})`;
    case 'assign':
      return `(${printPlace(value.place)} = ${printValue(value.value)})`;
    case 'compound-assign':
      return `(${printPlace(value.place)} ${value.operator}= ${printValue(value.value)} in ${spellType(value.computeType)}${value.scale === undefined ? '' : ` *${value.scale}`})`;
    case 'increment':
      return value.prefix
        ? `(${value.amount}+ ${printPlace(value.place)})`
        : `(${printPlace(value.place)} +${value.amount})`;
    case 'call':
      return typed(`${printValue(value.callee)}(${value.args.map(printValue).join(', ')})`);
    case 'statement-expression':
      return typed(
        `({ ${value.body.map(printStatement).join(' ')}${value.result ? ` => ${printValue(value.result)}` : ''} })`,
      );
    case 'va-start':
      return `va_start(${printPlace(value.list)})`;
    case 'va-arg':
      return typed(`va_arg(${printPlace(value.list)})`);
    case 'va-copy':
      return `va_copy(${printPlace(value.target)}, ${printValue(value.source)})`;
    case 'trap':
      return 'TRAP';
    case 'builtin':
      return typed(`${value.name}(${value.args.map(printValue).join(', ')})`);
  }
}

export function printPlace(place: Place): string {
  switch (place.kind) {
    case 'local':
      return place.variable.name;
    case 'global':
      return place.symbol.name;
    case 'dereference':
      return `*[${printValue(place.address)}]`;
    case 'member':
      return `${printPlace(place.base)}.${place.field.name ?? '?'}`;
    case 'materialize':
      return `{${printValue(place.value)}}`;
    case 'compound-literal':
      return `(literal ${printInitializer(place.initializer)})`;
  }
}

export function printInitializer(initializer: LocalInitializer | Value): string {
  if (!('zero' in initializer)) {
    return printValue(initializer);
  }
  const copies = (initializer.copies ?? []).map(({ offset, symbol, size }) => `${offset}<-${symbol.name}[${size}]`);
  const stores = initializer.stores.map(
    ({ offset, field, value }) =>
      `${offset}${field ? `.${field.bitOffset}:${field.bitSize}` : ''}=${printValue(value)}`,
  );
  return [initializer.zero ? 'zero' : '', ...copies, ...stores].filter(Boolean).join(' ');
}

export function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'expression':
      return `${printValue(statement.value)};`;
    case 'empty':
      return ';';
    case 'block':
      return `{ ${statement.items.map(printStatement).join(' ')} }`;
    case 'initialize':
      return `${statement.variable.name} := ${printInitializer(statement.initializer)};`;
    case 'if':
      return `if ${printValue(statement.condition)} ${printStatement(statement.then)}${statement.otherwise ? ` else ${printStatement(statement.otherwise)}` : ''}`;
    case 'while':
      return `while ${printValue(statement.condition)} ${printStatement(statement.body)}`;
    case 'do-while':
      return `do ${printStatement(statement.body)} while ${printValue(statement.condition)};`;
    case 'for':
      return `for (${statement.initial.map(printStatement).join(' ')} ${statement.condition ? printValue(statement.condition) : ''}; ${statement.step ? printValue(statement.step) : ''}) ${printStatement(statement.body)}`;
    case 'switch':
      return `switch ${printValue(statement.control)} [${statement.cases.map((entry) => (entry.low === undefined ? 'default' : entry.low === entry.high ? entry.low : `${entry.low}..${entry.high}`)).join(' ')}] ${printStatement(statement.body)}`;
    case 'case':
      return `${statement.entry.low === undefined ? 'default' : `case ${statement.entry.low}`}: ${statement.body ? printStatement(statement.body) : ''}`;
    case 'label':
      return `${statement.name}: ${statement.body ? printStatement(statement.body) : ''}`;
    case 'goto':
      return `goto ${statement.label};`;
    case 'goto-computed':
      return `goto *${printValue(statement.target)};`;
    case 'break':
    case 'continue':
      return `${statement.kind};`;
    case 'return':
      return statement.value ? `return ${printValue(statement.value)};` : 'return;';
    case 'trap':
      return 'TRAP;';
  }
}
