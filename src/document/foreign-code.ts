/**
 * Code that looks like the kernel's and is not: programs, and other languages.
 *
 * In: the tokens of a function found in a listing. Out: whether it belongs to a program. It does when it calls what only a
 * C library has, or is `main`; a function without any sign of the kernel also does when its listing includes headers of
 * programs or holds functions of one, or its fence names another language.
 */
import type { DefinitionHeader } from './definition-header';
import { Lex, type ListingTokens } from './lex-listing';

/** Called as functions, these are a C library's. */
const library = new Set(
  (
    'printf fprintf vprintf scanf fscanf perror exit _exit atexit abort malloc calloc realloc free fopen fclose ' +
    'fgets fputs fread fwrite fflush getchar putchar puts gets strerror strdup atoi atol strtok getopt getenv system ' +
    'popen socket bind listen accept accept4 connect send sendto sendmsg recv recvfrom recvmsg shutdown setsockopt ' +
    'getsockopt getsockname getpeername socketpair select poll epoll_create epoll_create1 epoll_ctl epoll_wait close ' +
    'read write open dup2 pipe fork vfork wait execl execlp execv execvp sleep usleep alarm signal sigaction kill ' +
    'getpid pthread_create pthread_join pthread_mutex_lock pthread_mutex_unlock inet_addr inet_ntoa inet_aton inet_ntop ' +
    'inet_pton gethostbyname getaddrinfo bzero bcopy mmap munmap err_sys err_quit assert qsort rand srand time'
  ).split(' '),
);
const libraryNames = new Set(
  'FILE pcap_t stdin stdout stderr EXIT_FAILURE EXIT_SUCCESS socklen_t std cout cin endl'.split(' '),
);
const kernelNames = new Set(
  (
    'printk kmalloc kfree kzalloc vmalloc current jiffies HZ GFP_KERNEL GFP_ATOMIC sk_buff sock skb inode dentry ' +
    'file task_struct spinlock_t atomic_t wait_queue_head_t module net_device spin_lock spin_unlock cli sti BUG ' +
    'EXPORT_SYMBOL asmlinkage __init __exit __user copy_from_user copy_to_user list_head schedule wake_up'
  ).split(' '),
);
const otherLanguages = new Set(
  (
    'js javascript jsx ts typescript tsx java kotlin swift go golang rust rs python py ruby rb php csharp cs perl lua ' +
    'scala dart groovy'
  ).split(' '),
);
const programHeader =
  /^#\s*include\s*[<"](?:stdio|stdlib|unistd|string|errno|signal|pthread|netdb|iostream|fcntl|time|sys\/(?:socket|types|epoll|select|wait|time|stat|mman|ioctl)|netinet\/\w+|arpa\/\w+)\.?h?[>"]/;

export interface Suspicion {
  /** It is a program's without doubt. */
  readonly program: boolean;
  /** Something in it is the kernel's. */
  readonly kernel: boolean;
}

/** What the words of a function tell, from its head to token `to`. */
export function suspect(tokens: ListingTokens, header: DefinitionHeader, to: number): Suspicion {
  let program = header.called === 'main' || library.has(header.called);
  const own = ownNames(tokens, header, to);
  let kernel = /^(?:sys|tcp|udp|inet|sock|skb|raw|ip|icmp|igmp|net|do|vfs)_/.test(header.called);
  for (let i = header.first; i <= to && i < tokens.length; i++) {
    if (tokens.kindOf(i) !== Lex.word) {
      continue;
    }
    const word = tokens.text(i);
    const isMember = tokens.is(i - 1, '.') || (tokens.is(i - 1, '>') && tokens.is(i - 2, '-'));
    const isCall = tokens.is(i + 1, '(') && !isMember && i !== header.name && !own.has(word);
    program ||= (isCall && library.has(word) && !isDeclared(tokens, i)) || (!isMember && libraryNames.has(word));
    kernel ||= !isMember && (kernelNames.has(word) || isErrorReturn(tokens, i, word));
  }
  return { program, kernel };
}

/** Pointers to functions that a function has for itself, as parameters or variables: `int (*open)(struct inode *)`. */
function ownNames(tokens: ListingTokens, { first }: DefinitionHeader, to: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (let i = first; i + 4 < Math.min(to, tokens.length); i++) {
    if (tokens.is(i, '(') && tokens.is(i + 1, '*') && tokens.is(i + 3, ')') && tokens.is(i + 4, '(')) {
      names.add(tokens.text(i + 2));
    }
  }
  return names;
}

/** `struct sock *accept(…)` declares; it does not call. */
function isDeclared(tokens: ListingTokens, index: number): boolean {
  return tokens.isWord(index - 1) && !/^(?:return|else|case|do)$/.test(tokens.text(index - 1));
}

function isErrorReturn(tokens: ListingTokens, index: number, word: string): boolean {
  return /^E[A-Z]{3,}$/.test(word) && tokens.is(index - 1, '-');
}

/** Whether a listing as a whole is a program's, or in another language. */
export function isProgramListing(tokens: ListingTokens, language: string | undefined): boolean {
  if (language !== undefined && otherLanguages.has(language.toLowerCase())) {
    return true;
  }
  for (let i = 0; i < tokens.length; i++) {
    if (tokens.kindOf(i) === Lex.directive && programHeader.test(tokens.text(i))) {
      return true;
    }
  }
  return false;
}
