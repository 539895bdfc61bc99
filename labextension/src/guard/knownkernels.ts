import { LoopHistory } from './loops';
import type { PokeClock } from './pokes';

/**
 * What is known of one kernel, whichever connection has told it.
 */
export interface IKernelFacts {
  /**
   * Whether a GUI loop may be running in it.
   */
  readonly loops: LoopHistory;

  /**
   * When it was poked: all connections together must not do so too often.
   */
  readonly pace: PokeClock.IPace;
}

/**
 * What is known of the kernels that somebody is connected to.
 *
 * #### Notes
 * Two notebooks on one kernel, or a notebook and its console, have a connection each. A
 * console that is opened after the notebook has started a loop cannot learn of that loop
 * from its own connection.
 */
export class KnownKernels {
  /**
   * Get what is known of a kernel, and keep it until it is released as often.
   */
  hold(id: string): IKernelFacts {
    const known = this._known.get(id) ?? {
      facts: createFacts(),
      holders: 0
    };
    known.holders += 1;
    this._known.set(id, known);
    return known.facts;
  }

  /**
   * Let go what is known of a kernel; it is forgotten when nobody holds it.
   */
  release(id: string): void {
    const known = this._known.get(id);
    if (known && --known.holders === 0) {
      this._known.delete(id);
    }
  }

  /**
   * Whether a GUI loop may be running in a kernel that somebody holds.
   */
  mayLoop(id: string): boolean {
    return this._known.get(id)?.facts.loops.mayRun === true;
  }

  private readonly _known = new Map<string, KnownKernels.IKnown>();
}

/**
 * What is known of a kernel that nobody has listened to.
 */
export function createFacts(): IKernelFacts {
  return { loops: new LoopHistory(), pace: { last: -Infinity } };
}

/**
 * A namespace for `KnownKernels` statics.
 */
export namespace KnownKernels {
  /**
   * What is kept for a kernel.
   */
  export interface IKnown {
    readonly facts: IKernelFacts;
    holders: number;
  }
}
