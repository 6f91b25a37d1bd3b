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
  'what-came-is-not-the-protocol': 'what came is not the Debug Adapter Protocol: {what}',
  'header-has-no-end': 'no end of the header',
  'header-has-no-content-length': 'no Content-Length in the header',
  'message-has-too-many-bytes': '{bytes} bytes in one message',
  'body-is-no-json': 'a body that is no JSON',
  'body-is-no-object': 'a body that is no object',
  'it-ends-within-a-message': 'it ends within a message',
} as const;
