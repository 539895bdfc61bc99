import { bound } from './bounded';

/**
 * Since when a kernel has had nothing to do, less what it did meanwhile that does not
 * count.
 *
 * #### Notes
 * Busyness is counted by request, since the status of a kernel with subshells says idle
 * while a cell runs, when a comm message was dealt with meanwhile.
 */
export class IdleTime {
  /**
   * Whether a request is being worked on.
   */
  get isBusy(): boolean {
    return this._busy.size > 0;
  }

  /**
   * When the idle time began; later by all the time in which the kernel worked since.
   */
  get since(): number {
    return this._since;
  }

  /**
   * Have the idle time begin now.
   */
  restart(now: number): void {
    this._since = now;
  }

  /**
   * Note that the kernel begins to work on a request.
   */
  work(request: string, now: number): void {
    if (!this.isBusy) {
      this._busySince = now;
    }
    this._busy.add(request);
    bound(this._busy);
  }

  /**
   * Note that the kernel is done with a request.
   */
  rest(request: string, now: number): void {
    if (this._busy.delete(request) && !this.isBusy) {
      this._since += now - Math.max(this._busySince, this._since);
    }
  }

  /**
   * Forget what is being worked on.
   */
  reset(): void {
    this._busy.clear();
  }

  private readonly _busy = new Set<string>();
  private _busySince = -Infinity;
  private _since = -Infinity;
}
