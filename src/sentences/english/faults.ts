/**
 * English sentences: what simulated faults say of themselves.
 *
 * In: nothing. Out: the sentences by their ids. This is where ids and the names of what is inserted come from
 * (`../sentence.ts`).
 */
export const faults = {
  'this-statement': 'this statement',
  'what-is-outside-of-its-array-the-index-is-index-and':
    '{what} is outside of its array: the index is {index}, and there are {length} elements',
  'the-stack-is-damaged-something-wrote-over-the-frame':
    'the stack is damaged: something wrote over the frame of a function that has not returned',
  'the-stack-is-damaged-running-code-met-what-cannot-be':
    'the stack is damaged: running code met what cannot be ({message})',
  'the-stack-is-used-up-in-name': 'the stack is used up in {name}',
  'calls-are-nested-more-deeply-than-the-simulator-can': 'calls are nested more deeply than the simulator can follow',
  'what-divides-by-zero-or-its-quotient-does-not-fit': '{what} divides by zero, or its quotient does not fit',
  'what-calls-a-null-function-pointer': '{what} calls a null function pointer',
  'what-calls-through-address-which-is-no-function': '{what} calls through {address}, which is no function',
  'what-cannot-be-executed': '{what} cannot be executed',
  'what-reads-or-writes-through-a-null-pointer-address': '{what} reads or writes through a null pointer (address {at})',
  'what-follows-a-pointer-that-was-read-from-freed':
    '{what} follows a pointer that was read from freed memory (address {at})',
  'what-reads-or-writes-an-object-that-was-freed': '{what} reads or writes an object that was freed (address {at})',
  'what-reads-or-writes-user-memory-directly-address-at':
    '{what} reads or writes user memory directly (address {at}); the kernel must use copy_from_user or copy_to_user',
  'access-where-nothing-was-allocated': '{what} reads or writes at {address}, where nothing was allocated',
  'access-to-the-code-of-a-function':
    '{what} reads or writes at {address}, the code of {function}, where nothing was allocated',
  'name-is-read-but-was-never-written': "'{name}' is read, but was never written; it is declared at {place}",
  'what-null-pointer-address': '{what}: null pointer {address}',
  'what-nothing-is-at-address': '{what}: nothing is at {address}',
  'what-the-object-at-at-has-been-freed': '{what}: the object at {at} has been freed',
  'what-at-is-user-memory': '{what}: {at} is user memory',
  'every-process-sleeps-and-nothing-is-left-that-could': 'every process sleeps and nothing is left that could wake one',
  'function-is-defined-nowhere':
    '{name} is called, but it is defined nowhere: neither C nor a service of that name exists',
  'stopped-after-statements': 'stopped after {count} statements',
  'stopped-after-it-had-written-limit-bytes': 'stopped after it had written {limit} bytes',
  'abort-was-called': 'abort() was called',
  'assertion-failed': "assertion '{assertion}' failed at {file}:{line}",
  'what-of-bytes-bytes-is-asked-for-on-the-stack': '{what} of {bytes} bytes is asked for on the stack',
  'there-is-no-room-for-what-of-bytes-bytes': 'there is no room for {what} of {bytes} bytes',
  'an-array': 'an array',
  'a-block': 'a block',
  'builtin-unreachable-was-reached': '__builtin_unreachable() was reached',
  'name-was-called': '{name}() was called',
  'name-is-not-supported': '{name} is not supported',
  'kind-outside-of-a-loop': '{kind} outside of a loop',
  'this-record-value-cannot-be-computed': 'this record value cannot be computed',
  'goto-to-an-address-that-is-no-label': 'goto to an address that is no label',
  'fd-install-descriptor-is-not-reserved': 'fd_install: descriptor {fd} is not reserved',
  'fput-the-file-has-no-reference-left': 'fput: the file has no reference left',
  'fput-release-is-no-function': 'fput: f_op->release is no function',
  'iput-the-inode-has-no-reference-left': 'iput: the inode has no reference left',
  'the-tree-has-no-mem-map': 'pages are asked for by record, but the tree has no mem_map',
  'free-pages-this-is-no-page-record': '__free_pages: this is no page record',
  'free-pages-the-page-has-no-reference-left': '__free_pages: the page has no reference left',
  'function-not-a-task': '{function}: not a task',
  'function-not-a-cache': '{function}: not a cache',
  'a-cache-of-this-name-exists': 'kmem_cache_create: a cache named {name} exists already',
  'object-belongs-to-another-cache': 'kmem_cache_free: the object at {at} belongs to cache {cache}, not to {given}',
  'a-freed-object-was-written-to': 'the freed {cache} object at {at} was written to after it was freed',
  'an-object-is-freed-a-second-time': 'the {cache} object at {at} is freed a second time',
  'bad-free-into-an-object': 'bad free of {at}: it points into the {cache} object at {object}',
  'bad-free-never-allocated': 'bad free of {at}: it was never allocated',
  'no-memory-at-address': 'no memory at {address} ({size} bytes)',
  'a-service-failed': 'a service failed',
  'bad-service-callback': '{name} calls through a pointer that is no function',
  'nothing-can-be-written-at-address': 'nothing of the program is at {address}, so nothing can be written there',
  'statements-were-executed-without-a-stop':
    '{count} statements were executed without a stop: this may be an endless loop; continue to run as many again',
} as const;
