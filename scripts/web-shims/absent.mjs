/**
 * Stands in for the Node modules that only the stdio and socket paths of a dependency touch (`net`, `fs`, `path`).
 *
 * In: one of those imports in the browser bundle. Out: an object whose every member, when called, says that the browser
 * has no such thing. Reading a member is harmless, because module bodies do that at load time.
 */
export default new Proxy(
  {},
  {
    get(_target, member) {
      return () => {
        throw new Error(`${String(member)} is not available in a browser`);
      };
    },
  },
);
