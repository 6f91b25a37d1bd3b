/**
 * Loaded before the command line in a process of its own (`node --import`): on its end, writes what the process used to
 * descriptor 3 as JSON: processor seconds, and the most memory it ever had, in bytes.
 */
import { writeSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  try {
    writeSync(3, JSON.stringify({ processor: (userCPUTime + systemCPUTime) / 1e6, resident: maxRSS * 1024 }));
  } catch {
    // Nobody reads: then nobody wants to know.
  }
});
