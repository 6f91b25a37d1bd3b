/**
 * The inspector over a real run: the bundled kernel's TCP scenario, stepped forwards and back, drawn by a real browser.
 */
import { given } from '../../src/base/checked-access';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InspectorModelBuilder } from '../../src/editor/inspector-model';
import type { InspectorModel } from '../../src/protocol/inspector-model';
import { showModel } from '../../src/protocol/messages';
import { openSession, ProgramCache } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import { findChromium, InspectorBrowser, type InspectorPage } from './browser-page';

const ROOT = join(import.meta.dirname, '../..');

function mediaFiles(): Record<string, string> {
  const names = readdirSync(join(ROOT, 'media'), { recursive: true }).map(
    (name) => `media/${String(name).replaceAll('\\', '/')}`,
  );
  return Object.fromEntries(
    names
      .filter((name) => /\.(c|h|pkt|json)$/.test(name))
      .map((name) => [name, readFileSync(join(ROOT, name), 'utf8')]),
  );
}

describe.skipIf(findChromium() === undefined || !existsSync(join(ROOT, 'media/kernel/kernel.json')))(
  'over the bundled kernel',
  () => {
    const media = mediaFiles();
    const cache = new ProgramCache();
    const wasm = {
      runtimeWasm: readFileSync(join(ROOT, 'node_modules/web-tree-sitter/web-tree-sitter.wasm')),
      grammarWasm: readFileSync(join(ROOT, 'node_modules/tree-sitter-c/tree-sitter-c.wasm')),
    };
    let browser: InspectorBrowser;
    beforeAll(async () => {
      browser = await InspectorBrowser.start();
    });
    afterAll(async () => {
      await browser.stop();
    });

    async function open(
      scenario: string,
    ): Promise<{ readonly session: SessionApi; readonly builder: InspectorModelBuilder }> {
      const { session } = await openSession({ media, wasm, scenario, cache });
      return {
        session: given(session, 'session'),
        builder: new InspectorModelBuilder(given(session, 'session'), scenario),
      };
    }

    /** Steps over statements until one of the model's changes is of that path. */
    async function stepUntil(
      session: SessionApi,
      builder: InspectorModelBuilder,
      path: string,
    ): Promise<InspectorModel> {
      for (let steps = 0; steps < 60; steps++) {
        await session.run('over');
        const model = builder.build();
        if (model.changes.some((change) => change.path === path)) {
          return model;
        }
      }
      throw new Error(`${path} never changed`);
    }

    async function rowOf({ page }: InspectorPage, card: string, row: string): Promise<string> {
      return (
        (await page
          .locator(`.card[aria-label*="struct ${card},"] .row[data-row="${row}"]`)
          .first()
          .getAttribute('aria-label')) ?? ''
      );
    }

    test('sk->backlog_rcv and the part of TCP appear while inet_create runs, and go when it is stepped back', async () => {
      const { session, builder } = await open('tcp-socket');
      await session.start({ stopAtFunction: 'inet_create' });
      builder.build();
      const set = await stepUntil(session, builder, 'sk->backlog_rcv');
      const view = await browser.open();
      await view.send(showModel, set);
      await expect
        .poll(() => rowOf(view, 'sock', 'backlog_rcv'))
        .toMatch(/^backlog_rcv: 0x\w+ <tcp_v4_do_rcv>, .*changed, was NULL$/);
      await expect.poll(() => rowOf(view, 'sock', 'state')).toBe('state: 7 (TCP_CLOSE)');
      await view.screenshot('real-backlog-rcv');
      await session.run('back-over');
      const back = builder.build();
      await view.send(showModel, back);
      await expect.poll(() => rowOf(view, 'sock', 'backlog_rcv')).toMatch(/^backlog_rcv: NULL, changed, was 0x/);
      await expect.poll(() => view.page.locator('.moment').innerText()).toMatch(/past, step/);
      await view.screenshot('real-stepped-back');
      expect(view.problems).toEqual([]);
      session.dispose();
    });

    test('a connection over loopback: both ends, the half-open request, the sleeping acceptor', async () => {
      const { session, builder } = await open('handshake');
      await session.start({ stopAtFunction: 'tcp_v4_hnd_req' });
      const model = builder.build();
      const states = model.sockets.map((socket) => socket.state).sort();
      expect(states).toContain('TCP_LISTEN');
      expect(model.cards.map((card) => card.kind)).toEqual(
        expect.arrayContaining(['socket', 'sock', 'protocol-part', 'operations', 'packet', 'waiter']),
      );
      const view = await browser.open({
        theme: 'light',
        settings: { ui: 'zh', notes: 'zh' },
        width: 1500,
        height: 1000,
      });
      await view.send(showModel, model);
      await view.screenshot('real-handshake');
      expect(view.problems).toEqual([]);
      session.dispose();
    });
  },
);
