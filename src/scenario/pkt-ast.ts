/**
 * A parsed scenario: plain data with offsets into its file. Times are in microseconds of script time.
 */
import type { SourceFile } from '../source/source-file';
import type { Bilingual } from '../base/bilingual';
import type { Told } from '../sentences/sentence';
import type { StoryLine } from '../story/story-model';

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Scenario {
  readonly file: SourceFile;
  readonly header: ScenarioHeader;
  /** `--name=value` lines. */
  readonly options: readonly ScenarioOption[];
  /** Settings from `//! sysctl:`, made before the first event. */
  readonly sysctls: readonly HeaderSetting[];
  readonly events: readonly ScenarioEvent[];
  /**
   * The event that a `// Failure: text` comment stands before: there the script is meant to fail, with that message of
   * packetdrill's.
   */
  readonly failure?: { readonly line: number; readonly text: string; readonly errno?: number } | undefined;
}

/** What the `//!` lines say. */
export interface ScenarioHeader {
  readonly title: Bilingual;
  readonly about: Bilingual;
  /** Capability names held by every process. */
  readonly capabilities: readonly string[];
  readonly uid: number;
  /** Processes there are from the start; the first makes the calls that name none. */
  readonly processes: readonly string[];
  readonly injections: readonly Injection[];
  /** Functions the scenario is meant to show; the editor offers it above them. */
  readonly shows: readonly string[];
  /** The lines of its story, in order. */
  readonly story: readonly StoryLine[];
}

export type Injection =
  /** The nth coming allocation of a cache, of `kmalloc`, or of anything (`*`), fails. */
  | { readonly kind: 'allocation'; readonly target: string; readonly nth: number }
  /** The nth coming call of a function returns `value` without running. */
  | {
      readonly kind: 'return';
      readonly function: string;
      readonly nth: number;
      readonly value: number;
      readonly range: Range;
    };

export interface ScenarioOption extends Range {
  readonly name: string;
  readonly value: string;
}

/** When an event happens. `relative`: counted from the event before. */
export interface EventTime extends Range {
  readonly kind: 'absolute' | 'relative' | 'any';
  readonly at: number;
  /** End of a range `a~b` for packets that may come at any time in it. */
  readonly upTo?: number;
  /** A blocking call: when it returns, on the same base as `at`; `any` when that does not matter. */
  readonly returns?: number | 'any';
}

/** A variable under net.ipv4 and its numbers. */
export interface Setting {
  readonly name: string;
  readonly values: readonly number[];
}

/** A setting of the `//!` lines, with the one-based line that it stands on. */
export interface HeaderSetting extends Setting {
  readonly line: number;
}

export type ScenarioEvent = (CallEvent | PacketEvent | InjectEvent | SettingEvent | NoteEvent) & {
  /** What a Linux tree does instead; the first that fits its version counts. */
  readonly variants?: readonly Variant[];
};

export interface Variant {
  /** LINUX_VERSION_CODE from which on it counts. */
  readonly from: number | undefined;
  /** LINUX_VERSION_CODE from which on it counts no longer. */
  readonly below: number | undefined;
  readonly effect: VariantEffect;
}

export type VariantEffect =
  | { readonly kind: 'result'; readonly expected: ExpectedResult }
  /** It happens at another time. */
  | { readonly kind: 'time'; readonly time: EventTime }
  /** Another packet comes; `text` is how it is written. */
  | { readonly kind: 'packet'; readonly packet: PacketPattern; readonly text: string }
  /** The packet does not come. */
  | { readonly kind: 'none' }
  /** The script is over before this event; `reason` is empty or begins with a colon. */
  | { readonly kind: 'ends'; readonly reason: string };

/** Something to tell in the journal. */
export interface NoteEvent extends Range {
  readonly kind: 'note';
  readonly line: number;
  readonly time: EventTime;
  readonly told: Told;
}

/** Settings read out of shell lines (`sysctl -q net.ipv4.x=y`), made when their turn comes. */
export interface SettingEvent extends Range {
  readonly kind: 'setting';
  readonly line: number;
  readonly time: EventTime;
  readonly settings: readonly Setting[];
}

export interface CallEvent extends Range {
  readonly kind: 'call';
  readonly line: number;
  readonly time: EventTime;
  /** Name before the time (`B: 0.1 accept(…)`), or undefined for the first process. */
  readonly process: string | undefined;
  readonly name: string;
  readonly nameRange: Range;
  readonly args: readonly Argument[];
  readonly expected: ExpectedResult;
  /** The call as written, without time and process, and without the result that is expected. */
  readonly call: string;
  /** The same as it is made, where that is other: without what the kernel is to write into its arguments. */
  readonly asked?: string;
  /** The call with the result. */
  readonly text: string;
}

/** `inject …` in the middle of a script. */
export interface InjectEvent extends Range {
  readonly kind: 'inject';
  readonly line: number;
  readonly time: EventTime;
  readonly injection: Injection;
}

export type ExpectedResult =
  | { readonly kind: 'any' }
  /** The call must still sleep when the script ends. */
  | { readonly kind: 'blocked' }
  /** The kernel must go wrong in this call (only on a Linux tree). */
  | { readonly kind: 'fault' }
  | { readonly kind: 'value'; readonly value: number; readonly errno?: string; readonly range: Range };

export type Argument = Range &
  (
    | { readonly kind: 'ellipsis' }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'word'; readonly name: string }
    | { readonly kind: 'or'; readonly parts: readonly Argument[] }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'array'; readonly items: readonly Argument[] }
    | { readonly kind: 'struct'; readonly fields: readonly { readonly name: string; readonly value: Argument }[] }
    /** `htons(8080)`, `inet_addr("127.0.0.1")`. */
    | { readonly kind: 'function'; readonly name: string; readonly args: readonly Argument[] }
  );

export interface PacketEvent extends Range {
  readonly kind: 'packet';
  readonly line: number;
  readonly time: EventTime;
  readonly direction: 'in' | 'out';
  readonly packet: PacketPattern;
  /** The packet as written, without the time. */
  readonly text: string;
}

interface PacketPart {
  /** Explicit congestion notification bits of the IP header. */
  readonly ecn?: 'noecn' | 'ect0' | 'ect1' | 'ect01' | 'ce';
  /** Port of the remote end (`[port 40001]`), to tell several connections apart. */
  readonly port?: number;
  /** Fields of the IP header that are written out: set in a packet that arrives, compared in one that leaves. */
  readonly fields?: IpFields;
  /** The checksum of the TCP, UDP or ICMP header is wrong. */
  readonly badChecksum?: boolean;
  /** Only so many bytes of the packet arrive. */
  readonly cut?: number;
  /** The don't-fragment bit of the IP header. */
  readonly dontFragment?: boolean;
  /** Data offset that the TCP header tells, in words of 4 bytes. */
  readonly dataOffset?: number;
  /** Length that the UDP header tells. */
  readonly udpLength?: number;
}

/** Fields of struct iphdr (include/linux/ip.h), as numbers in host order. */
export type IpField =
  'version' | 'ihl' | 'tos' | 'tot_len' | 'id' | 'frag_off' | 'ttl' | 'protocol' | 'check' | 'saddr' | 'daddr';
export type IpFields = { readonly [name in IpField]?: number };

export type PacketPattern = PacketPart & (TcpPattern | UdpPattern | IcmpPattern | OtherPattern);

export interface TcpPattern {
  readonly protocol: 'tcp';
  /** As the sender writes them. */
  readonly ports?: Ports;
  /** Letters of FSRPUEW, `.` for ACK. */
  readonly flags: string;
  readonly sequence: number;
  readonly length: number;
  readonly acknowledgment?: number;
  readonly window?: number;
  readonly urgent?: number;
  /** undefined: `<...>`, not compared. */
  readonly options: readonly TcpOptionPattern[] | undefined;
}

export interface UdpPattern {
  readonly protocol: 'udp';
  readonly length: number;
  /** As the sender writes them. */
  readonly ports?: Ports;
}

export interface Ports {
  readonly source: number;
  readonly destination: number;
}

export interface IcmpPattern {
  readonly protocol: 'icmp';
  readonly type: number;
  readonly code: number;
  readonly mtu?: number;
  /** Of an echo or its reply. */
  readonly id?: number;
  readonly sequence?: number;
  /** Bytes behind the ICMP header: of an error, how much it quotes. */
  readonly length?: number;
  /** What an error quotes; undefined: the last TCP segment, and in one that is expected whatever it quotes. */
  readonly echoed?: EchoedPacket;
}

/** The packet that an ICMP error is about. */
export interface EchoedPacket {
  /** `raw`: no packet, so many zero bytes. */
  readonly protocol: 'tcp' | 'udp' | 'raw';
  readonly sequence?: number;
  readonly length?: number;
  readonly ports?: Ports;
  readonly fields?: IpFields;
}

/** A packet of a protocol without a notation of its own. */
export interface OtherPattern {
  readonly protocol: 'other';
  readonly number: number;
  readonly length: number;
}

export type TcpOptionPattern =
  | { readonly kind: 'mss'; readonly value: number }
  | { readonly kind: 'wscale'; readonly value: number }
  | { readonly kind: 'sackOK' }
  | { readonly kind: 'nop' }
  | { readonly kind: 'eol' }
  | { readonly kind: 'TS'; readonly value: number; readonly echo: number }
  | { readonly kind: 'sack'; readonly blocks: readonly { readonly left: number; readonly right: number }[] }
  /** Any option by number with its bytes. */
  | { readonly kind: 'raw'; readonly number: number; readonly bytes: readonly number[] };
