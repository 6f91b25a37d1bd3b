/**
 * English sentences: what the debugger says of requests, beside stops and values.
 *
 * In: nothing. Out: the sentences by their ids.
 */
export const debugging = {
  'no-statement-begins-on-this-line-or-below': 'no statement of a compiled function begins on this line or below it',
  'name-has-no-statements-to-stop-at': '{name} has no C statements to stop at',
  'no-function-is-called-name': 'no function is called {name}',
  'what-is-not-in-memory': '{what} is not in memory',
  'this-is-no-hit-condition':
    '{text} is no hit condition (write a number of hits, alone or after ==, >, >=, <, <= or %)',
  'reads-of-a-local-are-not-told':
    '{what} is a local variable, which may live in a register: only its changes can be watched',
  'reads-of-a-bit-field-are-not-told':
    '{what} is a bit-field, which C reads together with its neighbours: only its changes can be watched',
  'what-came-is-not-the-protocol': 'what came is not the Debug Adapter Protocol: {what}',
  'header-has-no-end': 'no end of the header',
  'header-has-no-content-length': 'no Content-Length in the header',
  'header-has-a-strange-line': 'a line that belongs to no header',
  'message-has-too-many-bytes': '{bytes} bytes in one message',
  'body-is-no-json': 'a body that is no JSON',
  'body-is-no-utf-8': 'a body that is not UTF-8',
  'body-is-no-object': 'a body that is no object',
  'body-ends-early': 'a body of {came} bytes where Content-Length says {bytes}',
  'message-is-no-request': 'a message whose "{field}" is not {expected}',
  'it-ends-within-a-message': 'it ends within a message',
} as const;
