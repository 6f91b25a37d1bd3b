/**
 * What is known of files once they were read: their tokens, and the trees of their declarations.
 *
 * In: nothing. Out: an object that the front end fills. Who compiles the same {@link SourceFile}s again, a document's
 * functions in their place, hands it on: what has not changed is neither cut nor parsed again.
 */
import { ParseCache } from '../parse/parse-cache';
import { TokenCache } from '../preprocess/token-cache';

export class KeptFiles {
  readonly tokens = new TokenCache();
  readonly parses = new ParseCache();
}
