/**
 * VS Code's server, which ends together with the process that started it, even when that is killed.
 *
 * In: the folder with its socket and token, the server's main file and its arguments; as file descriptor 3 a pipe whose
 * other end only the starter holds. Out: what the server does. When the pipe closes, the folder is removed, and this
 * process and all it has started (its process group) are killed.
 */
import { rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { pathToFileURL } from 'node:url';

const [folder, main] = process.argv.splice(1, 3).slice(1);
process.argv.splice(1, 0, main);
const starter = new Socket({ fd: 3 });
starter.on('error', () => {});
starter.on('close', () => {
  rmSync(folder, { recursive: true, force: true });
  process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
});
starter.resume().unref();

await import(pathToFileURL(main));
