/** Types of `vscode-host.mjs`, which is plain JavaScript because `npm start` runs it unbuilt. */
import { type Page } from 'playwright-core';

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';
export type Locale = 'en' | 'zh-cn';

export interface HostOptions {
  /** Absolute folder of the extension, the one with package.json. */
  extensionPath: string;
  /** Absolute folder the workbench opens. */
  folder: string;
  /** TCP port on loopback; when it is taken, and by default, a free one. */
  port?: number;
  locale?: Locale;
  /** User settings, by their full names. */
  settings?: Record<string, unknown>;
  /** Workspace Trust as VS Code has it; by default every folder counts as trusted. */
  trust?: boolean;
  /** Where VS Code keeps settings and state; a temporary folder, removed by `stop()`, by default. */
  dataDir?: string;
  /** Absolute folders of further extensions, installed beside it. */
  besides?: readonly string[];
  /** Absolute path of a module whose `run` the extension host calls, as `@vscode/test-electron` has it. */
  testsPath?: string;
  /** Added to the environment of the extension host. */
  env?: Record<string, string>;
}

export interface Host {
  /** Opens the workbench in a browser of this machine. Holds the token of this start. */
  url: string;
  port: number;
  /** What the server printed so far. */
  log(): string;
  /** Kills the server with all its children and removes its data. Harmless when called twice. */
  stop(): void;
}

export interface WorkbenchOptions {
  theme?: Theme;
  viewport?: { width: number; height: number };
  reducedMotion?: boolean;
  /** Functions that the page finds in its window. */
  exposed?: Record<string, (...given: unknown[]) => void>;
}

/** Where Chromium is, or undefined. */
export function chromiumPath(): string | undefined;

/** Starts VS Code's server on loopback. Throws when it is not installed or does not answer. */
export function startHost(options: HostOptions): Promise<Host>;

/** Opens a host's workbench in headless Chromium. Throws when there is no Chromium. */
export function openWorkbench(host: Host, options?: WorkbenchOptions): Promise<{ page: Page; close(): Promise<void> }>;

/** Opens an address that leads to a workbench in headless Chromium. Throws when there is no Chromium. */
export function openAddress(
  url: string,
  options?: Omit<WorkbenchOptions, 'theme'> & { locale?: Locale; colorScheme?: 'light' | 'dark' },
): Promise<{ page: Page; close(): Promise<void> }>;

/** Changes one user setting while the workbench runs. */
export function setUserSetting(host: Host, key: string, value: unknown): Promise<void>;
