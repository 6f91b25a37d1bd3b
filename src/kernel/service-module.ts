/**
 * The two shapes that all simulated devices share: how a service is written down, and how state that is a plain object
 * is saved and restored.
 */
import { assert } from '../base/assert';
import type { Bilingual } from '../base/bilingual';
import type { PlainData, Service, ServiceCall, ServiceHost, ServiceModule, ServiceResult } from '../machine/service';

/** Writes down one service. */
export function service(
  name: string,
  reason: Bilingual,
  call: (call: ServiceCall) => ServiceResult,
  resume?: (call: ServiceCall, data: PlainData, value: number) => ServiceResult,
): Service {
  return resume ? { name, reason, call, resume } : { name, reason, call };
}

/**
 * A simulated device whose whole state is one plain object. Subclasses change `this.state` and nothing else; `save` and
 * `restore` copy it, so that a checkpoint never shares data with the running device. States are written as `type`, not
 * as `interface`: then the compiler sees that all in them is plain.
 */
export abstract class StatefulModule<State extends PlainData & object> implements ServiceModule {
  abstract readonly name: string;
  abstract readonly services: readonly Service[];
  private attached: ServiceHost | undefined;

  constructor(protected state: State) {}

  /** The machine this device is built into; only after `start`. */
  protected get host(): ServiceHost {
    assert(this.attached, `${this.name} is used before the machine started it`);
    return this.attached;
  }

  start(host: ServiceHost): void {
    this.attached = host;
  }

  save(): PlainData {
    return structuredClone(this.state);
  }

  restore(state: PlainData): void {
    this.state = structuredClone(state) as State;
  }
}
