/**
 * English sentences: what is said about questions to a run's past.
 *
 * In: nothing. Out: the sentences by their ids. This is where ids and the names of what is inserted come from
 * (`../sentence.ts`).
 */
export const history = {
  'expression-is-nothing-in-memory': "'{expression}' is a value of its own: nothing in memory that could be written",
  'label-has-size-bytes-ask-for-fewer':
    "'{label}' has {size} bytes: ask about at most {most}, such as one of its members",
  'label-lies-in-no-frame-of-this-moment': "'{label}' lies on a stack where no frame is at this moment",
  'this-is-no-condition-text': "this is no condition: '{text}'",
  'a-closing-bracket-is-missing': 'a closing bracket is missing',
  'a-value-is-missing-here': 'a value is missing here',
  'name-is-nothing-here': "'{name}' is nothing here",
  'known-here-are-list': 'Known here: {list}, and constants of the kernel.',
  'a-question-is-missing': 'a question is missing',
  'one-cannot-ask-for-name': "one cannot ask for '{name}'",
  'ask-for-one-of-list': 'Ask for one of: {list}.',
  'stops-at-needs-a-place': 'write: stops at FILE:LINE',
  'write-kind-with-brackets': 'write: {kind}(…)',
  'keyword-stands-twice': "'{keyword}' stands twice",
  'keyword-needs-something-behind-it': "something is missing behind '{keyword}'",
  'token-is-not-expected-here': "'{token}' is not expected here",
  'go-on-with-list': 'Go on with one of: {list}.',
  'name-has-no-c-statements-here': '{name} has no C statements here: ask about a function that calls it',
  'there-is-no-function-name-here': "this kernel has no function '{name}'",
  'text-is-no-place-of-this-kernel': "'{text}' is no place of this kernel",
  'a-place-is-file-line-or-a-function': 'A place is FILE:LINE or the name of a function.',
  'name-returns-nothing': '{name} returns nothing that could be compared',
  'writes-show-what-was-written': 'writes(…) shows what was written and nothing else',
  'the-run-does-not-come-to-text': 'the run does not come to {text}',
} as const;
