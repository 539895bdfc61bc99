import type { ISessionContext } from '@jupyterlab/apputils';
import type { ILoggerRegistry } from '@jupyterlab/logconsole';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ITranslator } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

import { NAMESPACE } from '../tokens';
import { writeLog } from './journal';
import { KernelGuard } from './kernelguard';
import { repeat } from './repeat';
import { NO_RESCUES } from './tokens';
import type { GuardEvent, IRescues, IRun } from './tokens';

/**
 * A notebook or a console: what it shows is run in the kernel of its session.
 */
export interface IGuardedWidget extends Widget {
  readonly sessionContext: ISessionContext;
}

/**
 * A kernel connection with its guard, and the notebooks and consoles that run their cells
 * over it.
 *
 * #### Notes
 * All views of one notebook share a connection. A run is sent by one of them, and the
 * connection does not tell by which.
 */
export class GuardedConnection implements IDisposable {
  constructor(options: GuardedConnection.IOptions) {
    this._loggers = options.loggers;
    this._translator = options.translator;
    this.guard = new KernelGuard(options);
    this.guard.happened.connect(this._onHappened, this);
  }

  /**
   * What listens to the connection.
   */
  readonly guard: KernelGuard;

  /**
   * A signal emitted when the counts have changed.
   */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /**
   * What was done for the kernel since it was started.
   */
  get rescues(): IRescues {
    return this._rescues;
  }

  /**
   * Whether nothing runs its cells over the connection any more.
   */
  get isUnused(): boolean {
    return this._members.size === 0;
  }

  /**
   * Whether the connection is guarded no more.
   */
  get isDisposed(): boolean {
    return this.guard.isDisposed && this.isUnused;
  }

  /**
   * Stop guarding the connection.
   */
  dispose(): void {
    this.guard.dispose();
    this._members.clear();
    Signal.clearData(this);
  }

  /**
   * Add what runs its cells over the connection.
   *
   * @param panel - The same widget if it is a notebook, else null: the cells of a console
   * are not run again.
   */
  add(widget: IGuardedWidget, panel: NotebookPanel | null): void {
    this._members.set(widget, panel);
  }

  /**
   * Remove what does not do so any more.
   */
  remove(widget: IGuardedWidget): void {
    this._members.delete(widget);
  }

  private _onHappened(_: unknown, event: GuardEvent): void {
    switch (event.type) {
      case 'aborted':
        void this._repeat(event.runs);
        return;
      case 'reset':
        this._count(null);
        return;
      case 'woken':
        // The first is logged as such before it is counted.
        this._log(event);
        this._count({ woken: 1 });
        return;
      case 'settled':
        this._count({ settled: 1 });
        break;
      case 'left':
        this._count({ left: event.runs.length });
        break;
    }
    this._log(event);
  }

  private async _repeat(runs: readonly IRun[]): Promise<void> {
    const begin = (): void => {
      this.guard.expect(runs);
      this._count({ repeated: runs.length });
      this._log({ type: 'aborted', runs });
    };
    const panels = [...this._members.values()].filter(panel => panel !== null);
    for (const panel of panels) {
      if (await repeat(panel, runs, begin, this._translator)) {
        return;
      }
    }
    const why = panels.length > 0 ? 'changed' : 'in-console';
    this._onHappened(this.guard, { type: 'left', runs, why });
  }

  private _count(more: Partial<IRescues> | null): void {
    const { left, repeated, settled, woken } = this._rescues;
    this._rescues = more
      ? {
          left: left + (more.left ?? 0),
          repeated: repeated + (more.repeated ?? 0),
          settled: settled + (more.settled ?? 0),
          woken: woken + (more.woken ?? 0)
        }
      : NO_RESCUES;
    this._changed.emit();
  }

  /**
   * Write to the log of the notebook; its views have one path and one log.
   */
  private _log(event: GuardEvent): void {
    const [member] = this._members;
    if (this._loggers && member) {
      const [widget, panel] = member;
      const path = panel?.context.path ?? widget.sessionContext.path;
      const trans = this._translator.load(NAMESPACE);
      const isFirst = this._rescues.woken === 0;
      writeLog(this._loggers.getLogger(path), event, trans, isFirst);
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _loggers: ILoggerRegistry | null;
  private readonly _members = new Map<IGuardedWidget, NotebookPanel | null>();
  private _rescues: IRescues = NO_RESCUES;
  private readonly _translator: ITranslator;
}

/**
 * A namespace for `GuardedConnection` statics.
 */
export namespace GuardedConnection {
  /**
   * The instantiation options.
   */
  export interface IOptions extends KernelGuard.IOptions {
    /**
     * Where the details are written.
     */
    loggers: ILoggerRegistry | null;

    /**
     * The application language translator.
     */
    translator: ITranslator;
  }
}
