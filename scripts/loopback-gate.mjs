/**
 * The only door to VS Code's server: a port of the loopback address that lets one's own browser in and nobody else.
 *
 * In: requests and WebSockets of a browser. Out: the same at a Unix socket where VS Code's server listens, or a refusal
 * in one sentence. VS Code's server checks its token only after a WebSocket stands, looks at neither `Host` nor
 * `Origin`, and believes `X-Forwarded-Host`. So each request, whatever it asks for, must
 *   - name this port of this machine as its `Host` (a name that was made to point here, DNS rebinding, does not),
 *   - come from a page of the same address or be a person's own navigation (`Origin`, `Sec-Fetch-Site`),
 *   - carry the secret token, in the query or in the cookie that VS Code makes of it,
 * and is handed on without forwarding headers. Everything of VS Code lies below the path `/PORT`: a cookie knows no
 * ports, and so two servers on one machine do not overwrite each other's. The root leads there.
 */
import { timingSafeEqual } from 'node:crypto';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';

/** VS Code's names for its token in a query and in a cookie. */
const tokenQuery = 'tkn';
const tokenCookie = 'vscode-tkn';

const refusals = {
  host: [
    403,
    'This server answers only to its own address on this machine.',
    '只能用本机地址访问，请打开终端里打印的地址。',
  ],
  origin: [403, 'Requests from other sites are refused.', '拒绝来自其他网站的请求。'],
  token: [
    403,
    'The token is missing or not valid any more: open the address that was printed in the terminal.',
    '令牌缺失或已失效：请打开终端里打印的地址。',
  ],
  path: [
    404,
    'Nothing is here: open the address that was printed in the terminal.',
    '没有这个页面：请打开终端里打印的地址。',
  ],
  server: [502, 'VS Code’s server does not answer.', 'VS Code 服务器没有响应。'],
};

/**
 * Opens the door.
 *
 * @param {object} options
 * @param {number | undefined} options.port the one wanted; another is taken when it is not free, or undefined
 * @param {string} options.token what every request must carry
 * @param {string} options.socketPath where VS Code's server listens, with `/PORT` as its base path
 * @param {(authority: string) => string} options.startQuery the query that the root leads to, for `127.0.0.1:PORT` or
 *   `localhost:PORT`
 * @returns {Promise<{port: number, basePath: string, close: () => void}>}
 */
export async function openGate({ port: wanted, token, socketPath, startQuery }) {
  const server = createServer();
  const port = await listen(server, wanted);
  const basePath = `/${port}`;
  const judge = (request) => refusalOf(request, port, token);

  server.on('request', (request, response) => {
    const refusal = judge(request);
    if (refusal) {
      refuse(response, refusal);
    } else if (pathOf(request) === '/') {
      const query = `${tokenQuery}=${token}&${startQuery(request.headers.host)}`;
      response.writeHead(302, { Location: `${basePath}/?${query}`, 'Referrer-Policy': 'no-referrer' }).end();
    } else if (!isBelow(pathOf(request), basePath)) {
      refuse(response, 'path');
    } else {
      handOn(request, response, socketPath);
    }
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refusal = judge(request) ?? (isBelow(pathOf(request), basePath) ? undefined : 'path');
    if (refusal) {
      socket.end(refusalText(refusal));
    } else {
      handOnUpgrade(request, socket, head, socketPath);
    }
  });
  return {
    port,
    basePath,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Listens on the wanted port of the loopback address, or on any when that one is taken or not allowed. */
function listen(server, wanted) {
  return new Promise((resolve, reject) => {
    let first = wanted ?? 0;
    server.on('error', (error) => {
      if (first === 0 || !['EADDRINUSE', 'EACCES'].includes(error.code)) {
        reject(error);
        return;
      }
      first = 0;
      server.listen(0, '127.0.0.1');
    });
    server.on('listening', () => resolve(server.address().port));
    server.listen(first, '127.0.0.1');
  });
}

/** Why a request is not let in, as a key of `refusals`; undefined when it is. */
function refusalOf(request, port, token) {
  const { headers } = request;
  const host = headers.host?.toLowerCase();
  const ours = ['127.0.0.1', 'localhost'].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  if (!ours.includes(host) || !request.url.startsWith('/')) {
    return 'host';
  }
  if (headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${host}`) {
    return 'origin';
  }
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (!isNavigation && !['same-origin', 'none', undefined].includes(headers['sec-fetch-site'])) {
    return 'origin';
  }
  const given = [
    ...new URLSearchParams(request.url.slice(pathOf(request).length)).getAll(tokenQuery),
    ...(headers.cookie ?? '').split(';').flatMap((pair) => {
      const [name, value] = pair.trim().split('=', 2);
      return name === tokenCookie && value !== undefined ? [value] : [];
    }),
  ];
  return given.some((each) => isSame(each, token)) ? undefined : 'token';
}

function isSame(given, token) {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function pathOf({ url }) {
  return url.split('?', 1)[0];
}

function isBelow(path, basePath) {
  return path === basePath || path.startsWith(`${basePath}/`);
}

function refuse(response, reason) {
  const [status, ...sentences] = refusals[reason];
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(`${sentences.join('\n')}\n`);
}

/** The same for a connection that wanted to become a WebSocket. */
function refusalText(reason) {
  const [status, ...sentences] = refusals[reason];
  const body = `${sentences.join('\n')}\n`;
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** The headers as they came, without those by which a proxy tells of another address. */
function headersToHandOn({ headers }) {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(x-forwarded-.*|x-original-.*|forwarded)$/.test(name)),
  );
}

function handOn(request, response, socketPath) {
  const { method, url } = request;
  const onward = httpRequest({ socketPath, method, path: url, headers: headersToHandOn(request) }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  onward.on('error', () => (response.headersSent ? response.destroy() : refuse(response, 'server')));
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

function handOnUpgrade(request, socket, head, socketPath) {
  const onward = connect(socketPath, () => {
    const lines = Object.entries(headersToHandOn(request)).flatMap(([name, value]) =>
      [value].flat().map((each) => `${name}: ${each}`),
    );
    onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on('error', () => socket.destroy());
  onward.on('close', () => socket.destroy());
  socket.on('close', () => onward.destroy());
}
