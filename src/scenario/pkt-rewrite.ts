/**
 * Rewriting what a script expects, where it was written for a kernel that answers otherwise: `wscale=N` sets the window
 * scale in every SYN and SYN-ACK that the script expects, `wscale=any` does not look at the options of those that have
 * one.
 *
 * In: rules as a person writes them; a parsed scenario. Out: the scenario with changed patterns. What arrives (`<`) is
 * never changed: it is the other host's. The texts of events stay as written.
 */
import type { PacketEvent, Scenario, ScenarioEvent, TcpOptionPattern } from './pkt-ast';

export interface RewriteRule {
  readonly option: 'wscale';
  /** What the kernel is expected to send instead; undefined: whatever it sends. */
  readonly value: number | undefined;
}

/** Largest shift of RFC 1323, section 2.3. */
const MOST_SHIFT = 14;

/** A rule from its text (`wscale=0`, `wscale=any`); undefined when it is none. */
export function parseRewrite(text: string): RewriteRule | undefined {
  const value = /^wscale=(any|\d{1,2})$/.exec(text)?.[1];
  return value === undefined || Number(value) > MOST_SHIFT
    ? undefined
    : { option: 'wscale', value: value === 'any' ? undefined : Number(value) };
}

export function rewriteScenario(scenario: Scenario, rules: readonly RewriteRule[]): Scenario {
  return rules.length === 0
    ? scenario
    : { ...scenario, events: scenario.events.map((event) => rules.reduce(rewriteEvent, event)) };
}

function rewriteEvent(event: ScenarioEvent, rule: RewriteRule): ScenarioEvent {
  if (
    event.kind !== 'packet' ||
    event.direction !== 'out' ||
    event.packet.protocol !== 'tcp' ||
    !event.packet.options?.some(isScale)
  ) {
    return event;
  }
  const { value } = rule;
  const options =
    value === undefined
      ? undefined
      : event.packet.options.map((option) => (isScale(option) ? { ...option, value } : option));
  return { ...event, packet: { ...event.packet, options } } satisfies PacketEvent;
}

function isScale(option: TcpOptionPattern): option is Extract<TcpOptionPattern, { readonly kind: 'wscale' }> {
  return option.kind === 'wscale';
}
