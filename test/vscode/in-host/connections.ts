/** Which other machines code of the extension connected to, where the extension host is a Node process. */

interface Connecting {
  connect(this: object, ...given: unknown[]): unknown;
}

export async function watchConnections(): Promise<() => readonly string[]> {
  const hosts: string[] = [];
  const net = await import('node:net').catch(() => undefined);
  if (net) {
    const prototype = net.Socket.prototype as Connecting;
    const connect = prototype.connect;
    prototype.connect = function (...given) {
      const where = JSON.stringify(given[0]) ?? '';
      if (/extension-node\.js/.test(new Error().stack ?? '') && !/"path"/.test(where)) {
        hosts.push(where);
      }
      return connect.apply(this, given);
    };
  }
  return () => hosts;
}
