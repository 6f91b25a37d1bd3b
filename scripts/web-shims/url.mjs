/** Node's `url` module for the browser bundle: the platform's own WHATWG classes under the names Node exports. */
export const URL = globalThis.URL;
export const URLSearchParams = globalThis.URLSearchParams;
export default { URL, URLSearchParams };
