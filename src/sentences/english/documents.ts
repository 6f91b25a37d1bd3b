/**
 * English sentences: what is said of annotated documents, read and run.
 *
 * In: nothing. Out: the sentences by their ids. This is where ids and the names of what is inserted come from
 * (`../sentence.ts`).
 */
export const documents = {
  'the-functions-in-this-document-belong-to-programs-or':
    'the functions in this document belong to programs or to other languages, not to the kernel',
  'there-is-no-function-in-this-document': 'there is no function in this document',
  'set-a-function-of-the-kernel-between-two-lines-of':
    'set a function of the kernel between two lines of ```, with its parameters and its closing brace',
  'sign-number-is-left-out': "'{sign}' ({number}) is left out",
  'sign-number-is-read-as-meant': "'{sign}' ({number}) is read as {meant}",
  'count-unusual-spaces-in-name-are-read-as-blanks': "{count} unusual spaces in '{name}' are read as blanks",
  'count-characters-in-name-that-cannot-be-seen-are': "{count} characters in '{name}' that cannot be seen are left out",
  'count-entities-of-html-in-name-are-read-as-the-signs':
    "{count} entities of HTML in '{name}' are read as the signs they stand for",
  'count-tags-of-html-in-name-are-left-out': "{count} tags of HTML in '{name}' are left out",
  'line-numbers-before-count-lines-of-name-are-left-out': "line numbers before {count} lines of '{name}' are left out",
  'quote-marks-before-count-lines-of-name-are-left-out': "quote marks before {count} lines of '{name}' are left out",
  'prompts-before-count-lines-of-name-are-left-out': "prompts before {count} lines of '{name}' are left out",
  'count-control-characters-written-as-m-or-i-in-name':
    "{count} control characters written as ^M or ^I in '{name}' are left out",
  'text-at-count-places-of-name-that-is-not-set-as-a':
    "text at {count} places of '{name}' that is not set as a comment is left out",
  'count-signs-in-name-that-are-not-those-of-c-are-read':
    "{count} signs in '{name}' that are not those of C are read as the ones they stand for",
  'name-goes-over-count-listings-which-were-put': "'{name}' goes over {count} listings, which were put together",
  'name-is-defined-more-than-once-in-this-document-the':
    "'{name}' is defined more than once in this document; the last whole definition runs",
  'choose-another-one-if-that-is-not-the-one-you-mean': 'choose another one if that is not the one you mean',
  'name-is-shown-and-not-run-code-is-left-out-here': "'{name}' is shown and not run: code is left out here",
  'write-the-code-in-full-to-run-it-until-then-the':
    'write the code in full to run it; until then the function of the kernel in use runs',
  'name-is-shown-and-not-run-this-is-a-sentence-among':
    "'{name}' is shown and not run: this is a sentence among its statements",
  'set-it-as-a-comment': 'set it as a comment',
  'name-is-shown-and-not-run-what-begins-here-does-not':
    "'{name}' is shown and not run: what begins here does not end in its listing",
  'write-what-closes-it-or-the-rest-of-the-function': 'write what closes it, or the rest of the function',
  'name-is-shown-and-not-run-because': "'{name}' is shown and not run: {reason}",
  'read-its-notes-here-run-the-function-of-a-2-4-kernel': 'read its notes here; run the function of a 2.4 kernel',
  'the-listing-that-begins-here-is-not-closed': 'the listing that begins here is not closed',
  'write-its-closing-mark-where-it-ends': 'write its closing mark where it ends',
  'only-the-first-longest-characters-of-the-document': 'only the first {longest} characters of the document were read',
  'only-the-first-most-functions-of-the-document': 'only the first {most} functions of the document were read',
  'split-the-document': 'split the document',
  'a-document-cannot-include-a-file': 'a document cannot include a file',
  'delete-the-line-the-headers-are-those-of-the-kernel': 'delete the line: the headers are those of the kernel beneath',
  'record-has-no-member-name-in-the-kernel-beneath':
    "{record} has no member '{name}' in the kernel beneath; added at its end: {text}",
  'its-type-follows-from-its-use-here': 'its type follows from its use here',
  'linux-from-has-it-like-this': 'Linux {from} has it like this',
  'record-grows-from-size-before-to-size-after-bytes-by':
    '{record} grows from {sizeBefore} to {sizeAfter} bytes by what was added; its members stay where they are',
  'record-grows-from-size-before-to-size-after-bytes-by-2':
    "{record} grows from {sizeBefore} to {sizeAfter} bytes by what was added; its members from '{member}' on lie {bytes} bytes further",
  'the-kernel-beneath-has-no-function-name': "the kernel beneath has no function or macro '{name}'",
  'calling-it-stops-a-run-choose-a-kernel-that-has-it': 'calling it stops a run; choose a kernel that has it',
  'name-is-a-service-of-the-simulator-the-document-s-is':
    "'{name}' is a service of the simulator; the document's is not run",
  'a-service-stands-for-hardware-memory-or-processes':
    'a service stands for hardware, memory or processes, and has no C',
  'the-kernel-beneath-has-no-constant-name-added': "the kernel beneath has no '{name}'; added: #define {name} {text}",
  'it-has-no-effect-in-a-simulated-kernel': 'it only counts or prints, and has no effect here',
  'the-kernel-beneath-has-no-name-the-document-s-is-compiled':
    "the kernel beneath has no '{name}'; the document's is compiled in",
  'the-kernel-beneath-has-no-function-name-callers-call-it':
    "the kernel beneath has no function '{name}'; the document's is compiled in, because {callers} calls it",
  'the-kernel-beneath-calls-name-and-has-it-nowhere':
    "{path} of the kernel beneath calls '{name}', which it has not; the document's is compiled in",
  'declare-it-in-a-listing-or-choose-a-kernel-that-has-it':
    'what it is cannot be known: declare it in a listing of the document, or choose a kernel that has it',
  'name-is-not-of-this-kernel-and-nothing-calls-it':
    "'{name}' is not of this kernel: it has no function of that name, and nothing that runs calls it",
  'the-kernel-beneath-has-no-function-of-this-document':
    'the kernel beneath has no function of this document: a run would not show any of it',
  'choose-a-kernel-that-has-one': 'choose a kernel that has one; the notes can be read',
  'check-the-name-or-choose-a-kernel-that-has-it': 'check the name, or choose a kernel that has it',
  'name-takes-the-place-of-the-one-in-path-list-keeps':
    "'{name}' takes the place of the one in {path}; {list} keeps its own",
  'name-the-file-that-is-meant-before-the-listing': 'name the file that is meant before the listing',
  'no-function-of-this-document-can-run': 'no function of this document can run',
  'name-a-text-with-whole-c-functions-of-the-linux-2-4':
    'name a text with whole C functions of the Linux 2.4 socket layer',
  'name-a-text-markdown-or-html-file': 'name a text, Markdown or HTML file',
  'name-lacks-lost-of-the-statements-statements-of-the':
    "'{name}' lacks {lost} of the {statements} statements of the function in {path}, without a mark",
  'complete-it-or-write-where-something-is-left-out-as':
    'complete it, or write ... where something is left out; as it stands the shortened one runs',
} as const;
