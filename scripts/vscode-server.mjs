/**
 * VS Code's server, which ends together with the process that started it, even when that is killed.
 *
 * In: the server's main file and its arguments; as file descriptor 3 a pipe whose other end only the starter holds. Out:
 * what the server does. When the pipe closes, this process and all it has started (its process group) are killed.
 */
import { Socket } from 'node:net';
import { pathToFileURL } from 'node:url';

process.argv.splice(1, 1);
const starter = new Socket({ fd: 3 });
starter.on('error', () => {});
starter.on('close', () => process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL'));
starter.resume().unref();

await import(pathToFileURL(process.argv[1]));
