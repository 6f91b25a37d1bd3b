/**
 * English sentences: what is said of the values of a stopped machine, of expressions a person asks for, and of views.
 *
 * In: nothing. Out: the sentences by their ids.
 */
export const values = {
  'this-expression-would-add-to-what-has-happened':
    'this expression would add to what has happened: it prints, or sends, or wakes somebody',
  'the-call-ends-in-name-why': 'the call does not come to its end: in {name}, {why}',
  'pointer-is-null': '{pointer} is null',
  'pointer-is-value-which-lies-in-the-null-page': '{pointer} is {value}, which lies in the null page',
  'pointer-was-read-from-freed-memory': '{pointer} is {value}: it was read from freed memory',
  'pointer-was-never-set': '{pointer} is {value}: it was never set',
  'pointer-points-to-freed-memory': '{pointer} is {value} and points to freed memory',
  'pointer-points-to-user-memory':
    '{pointer} is {value} and points to user memory, which kernel code reads with copy_from_user only',
  'pointer-points-to-the-code-of-a-function': '{pointer} is {value}, the code of a function',
  'pointer-points-to-no-memory-of-the-program': '{pointer} is {value}, where the program has no memory',
  'name-is-in-path-but-nothing-calls-it':
    "'{name}' is in {path}, but nothing calls it, so it is no part of the program",
  'use-what-the-program-calls-or-write-it-out': 'use a function that the program calls, or write out what it does',
  'use-a-name-that-is-visible-here': 'use a name that is visible here, or one that the whole program has',
  'format-is-no-format': "'{format}' is no format of values here",
  'the-formats-are':
    'the formats are x, d, u, o, t, c, a, f and s; there are no machine instructions to show, because the program is WebAssembly',
  'what-is-no-address': "'{what}' is no address",
  'there-is-no-memory-at-address': 'there is no memory of the program at {address}',
  'behind-the-at-sign-stands-a-number-from-1-to-most': 'behind the @ stands a number from 1 to {most}',
  'ret-is-known-right-after-a-return-only':
    '$ret is the value of the function just left, and is known right after a return only',
  'finish-the-function-first': 'finish the function with Step Out first',
  'no-meaning-is-called-name': 'no meaning is called `{name}`; there are {known}',
  'this-is-no-condition-of-a-view':
    'this is no condition: fields, numbers and names, compared and joined by &&, || and !',
  'views-want-a-name-of-c-here': 'a name of C is expected here',
  'views-want-a-whole-number-here': 'a whole number is expected here',
  'views-want-a-list-here': 'a list is expected here',
  'views-want-names-with-values-here': 'names with values are expected here',
  'views-have-other-keys-here': 'there is no key `{name}` here; there are {known}',
  'the-documentation-of-views-says-what-can-stand-here': 'docs/views.md says what can stand here',
  'socket-listener': 'listener {end}',
  'socket-client': 'client :{port}',
  'socket-child': 'child of listener #{number}',
  'socket-of-the-kernel': "the kernel's own {protocol} socket",
  'socket-with-port': '{protocol} socket {end}',
  'socket-without-port': '{protocol} socket #{number}',
  'value-in-freed-memory': 'freed memory',
  'value-never-written': 'uninitialised',
  'value-unreadable': 'unreadable',
  'value-none': 'no value',
  'value-empty': 'empty',
  'value-broken': 'broken',
  'value-as-c-has-it': 'as C has it',
  'value-other-members': 'other members',
  'value-freed': 'freed',
  'value-invalid': 'invalid',
  'value-user': 'user',
} as const;
