/**
 * What `@vscode/debugadapter` needs of Node's `events` module, for the browser bundle.
 *
 * In: the import `events` (aliased here by scripts/build.mjs). Out: an `EventEmitter` with the four methods the
 * debug adapter's protocol server calls. Listeners run in the order they were added, on a copy of the list, so a
 * listener may remove itself.
 */
export class EventEmitter {
  #listeners = new Map();

  on(name, listener) {
    const list = this.#listeners.get(name) ?? [];
    this.#listeners.set(name, [...list, listener]);
    return this;
  }

  once(name, listener) {
    const wrapped = (...args) => {
      this.removeListener(name, wrapped);
      listener.apply(this, args);
    };
    return this.on(name, wrapped);
  }

  removeListener(name, listener) {
    const list = this.#listeners.get(name) ?? [];
    this.#listeners.set(
      name,
      list.filter((each) => each !== listener),
    );
    return this;
  }

  emit(name, ...args) {
    const list = this.#listeners.get(name) ?? [];
    for (const listener of list) {
      listener.apply(this, args);
    }
    return list.length > 0;
  }
}

export default { EventEmitter };
