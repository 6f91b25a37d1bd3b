/**
 * An adapter that only echoes what another has said: what the protocol alone costs, over the same pipes.
 *
 * In: a JSON file with bodies by request and event; requests. Out: for each its body; after a step a `stopped` event.
 */
import { readFileSync } from 'node:fs';

let rest = Buffer.alloc(0);
let seq = 0;

const send = (message) => {
  const body = JSON.stringify({ seq: ++seq, ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};

/** What another adapter said last, by request and event. */
const said = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const eventAfter = { launch: 'initialized', configurationDone: 'stopped', continue: 'stopped', stepIn: 'stopped' };

process.stdin.on('data', (bytes) => {
  rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
  for (;;) {
    const header = rest.indexOf('\r\n\r\n');
    const length = header < 0 ? 0 : Number(/Content-Length: (\d+)/.exec(rest.toString('latin1', 0, header))[1]);
    if (header < 0 || rest.length < header + 4 + length) {
      return;
    }
    const request = JSON.parse(rest.toString('utf8', header + 4, header + 4 + length));
    rest = rest.subarray(header + 4 + length);
    send({
      type: 'response',
      request_seq: request.seq,
      command: request.command,
      success: true,
      body: said[request.command],
    });
    const event = eventAfter[request.command];
    if (event) {
      send({ type: 'event', event, body: said[event] });
    }
  }
});
