import type { ISessionContext } from '@jupyterlab/apputils';
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { ILoggerRegistry } from '@jupyterlab/logconsole';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Session } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

import { NAMESPACE } from '../tokens';
import { writeLog } from './journal';
import { KernelGuard } from './kernelguard';
import type { IExecuted } from './loops';
import { repeat } from './repeat';
import type { GuardEvent, IGuardModel, IRescues, IRun } from './tokens';

/**
 * A notebook or a console: what it shows is run in the kernel of its session.
 */
export interface IGuardedWidget extends Widget {
  readonly sessionContext: ISessionContext;
}

/**
 * The guards of all open notebooks and consoles.
 */
export class Guards implements IGuardModel {
  constructor(options: Guards.IOptions) {
    this._loggers = options.loggers ?? null;
    this._translator = options.translator ?? nullTranslator;
    this._trans = this._translator.load(NAMESPACE);
  }

  /**
   * A signal emitted when what was done for the current kernel has changed.
   */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /**
   * What was done for the kernel of the current notebook or console.
   */
  get rescues(): IRescues {
    const entry = this._current && this._entries.get(this._current);
    return entry?.rescues ?? Private.NO_RESCUES;
  }

  /**
   * Set which notebook or console the person looks at.
   */
  set current(widget: Widget | null) {
    this._current = widget;
    this._changed.emit();
  }

  /**
   * Switch the guards on or off, and say for which kernels they are.
   */
  configure(settings: KernelGuard.ISettings): void {
    this._settings = settings;
    for (const { guard } of this._entries.values()) {
      if (guard) {
        guard.settings = settings;
      }
    }
  }

  /**
   * Guard the kernel of a notebook, as long as that is open.
   */
  addNotebook(panel: NotebookPanel): void {
    this._add(panel, panel, panel.context.path);
    void panel.context.ready.then(() => this._recall(panel));
  }

  /**
   * Guard the kernel of a console, as long as that is open.
   */
  addConsole(widget: IGuardedWidget): void {
    this._add(widget, null, widget.sessionContext.path);
  }

  private _add(
    widget: IGuardedWidget,
    panel: NotebookPanel | null,
    source: string
  ): void {
    const entry: Private.IEntry = {
      guard: null,
      isFirstKernel: true,
      panel,
      rescues: Private.NO_RESCUES,
      source
    };
    this._entries.set(widget, entry);
    widget.sessionContext.kernelChanged.connect(
      (_, args: Session.ISessionConnection.IKernelChangedArgs) => {
        entry.isFirstKernel = entry.isFirstKernel && !args.oldValue;
        this._attach(widget, entry);
      },
      entry
    );
    widget.disposed.connect(() => {
      Signal.disconnectReceiver(entry);
      this._release(entry);
      this._entries.delete(widget);
    });
    this._attach(widget, entry);
  }

  /**
   * Guard the kernel that the widget has now.
   */
  private _attach(widget: IGuardedWidget, entry: Private.IEntry): void {
    this._release(entry);
    const kernel = widget.sessionContext.session?.kernel;
    // The requests of a connection to a subshell do not pass through the GUI loop.
    if (!kernel || kernel.subshellId) {
      return;
    }
    const guard = new KernelGuard({ kernel, settings: this._settings });
    entry.guard = guard;
    guard.happened.connect((_, event) => this._onHappened(entry, event), entry);
    this._recall(widget);
  }

  private _release(entry: Private.IEntry): void {
    entry.guard?.dispose();
    entry.guard = null;
    this._count(entry, null);
  }

  /**
   * Tell the guard what the notebook shows as executed: after the page was loaded again
   * nobody else knows.
   */
  private _recall(widget: IGuardedWidget): void {
    const entry = this._entries.get(widget);
    if (entry?.panel?.context.isReady && entry.isFirstKernel) {
      entry.guard?.recall(Private.executedCells(entry.panel));
    }
  }

  private _onHappened(entry: Private.IEntry, event: GuardEvent): void {
    switch (event.type) {
      case 'aborted':
        void this._repeat(entry, event.runs);
        return;
      case 'reset':
        entry.isFirstKernel = false;
        this._count(entry, null);
        return;
      case 'woken':
        this._log(entry, event);
        this._count(entry, { woken: 1 });
        return;
      case 'left':
        this._count(entry, { left: event.runs.length });
        break;
    }
    this._log(entry, event);
  }

  private async _repeat(
    entry: Private.IEntry,
    runs: readonly IRun[]
  ): Promise<void> {
    const begin = (): void => {
      entry.guard?.expect(runs);
      this._count(entry, { repeated: runs.length });
      this._log(entry, { type: 'aborted', runs });
    };
    const { panel } = entry;
    if (!panel) {
      this._onHappened(entry, { type: 'left', runs, why: 'in-console' });
    } else if (!(await repeat(panel, runs, begin, this._translator))) {
      this._onHappened(entry, { type: 'left', runs, why: 'changed' });
    }
  }

  private _count(entry: Private.IEntry, more: Partial<IRescues> | null): void {
    const { left, repeated, woken } = entry.rescues;
    entry.rescues = more
      ? {
          left: left + (more.left ?? 0),
          repeated: repeated + (more.repeated ?? 0),
          woken: woken + (more.woken ?? 0)
        }
      : Private.NO_RESCUES;
    this._changed.emit();
  }

  private _log(entry: Private.IEntry, event: GuardEvent): void {
    const source = entry.panel?.context.path ?? entry.source;
    if (this._loggers && !entry.panel?.isDisposed) {
      const isFirst = entry.rescues.woken === 0;
      writeLog(this._loggers.getLogger(source), event, this._trans, isFirst);
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private _current: Widget | null = null;
  private readonly _entries = new Map<Widget, Private.IEntry>();
  private readonly _loggers: ILoggerRegistry | null;
  // Nothing is done before the person's settings are known.
  private _settings: KernelGuard.ISettings = {
    assumesLoop: false,
    enabled: false
  };
  private readonly _trans: TranslationBundle;
  private readonly _translator: ITranslator;
}

/**
 * A namespace for `Guards` statics.
 */
export namespace Guards {
  /**
   * The instantiation options.
   */
  export interface IOptions {
    /**
     * Where the details are written.
     */
    loggers?: ILoggerRegistry | null;

    /**
     * The application language translator.
     */
    translator?: ITranslator | null;
  }
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  export const NO_RESCUES: IRescues = { left: 0, repeated: 0, woken: 0 };

  export interface IEntry {
    guard: KernelGuard | null;
    /** Whether the cells' numbers may be of the kernel that is there. */
    isFirstKernel: boolean;
    /** Null for a console, whose cells are not run again. */
    readonly panel: NotebookPanel | null;
    rescues: IRescues;
    /** Under which name the log console knows it. */
    readonly source: string;
  }

  /**
   * The cells that have a number, by number.
   */
  export function executedCells(panel: NotebookPanel): IExecuted[] {
    const executed: { code: string; count: number; failed: boolean }[] = [];
    for (const cell of panel.content.model?.cells ?? []) {
      if (cell.type === 'code') {
        const { executionCount, outputs } = cell as ICodeCellModel;
        if (executionCount) {
          executed.push({
            code: cell.sharedModel.getSource(),
            count: executionCount,
            failed: hasError(outputs)
          });
        }
      }
    }
    return executed.sort((a, b) => a.count - b.count);
  }

  function hasError(outputs: ICodeCellModel['outputs']): boolean {
    for (let index = 0; index < outputs.length; index++) {
      if (outputs.get(index).type === 'error') {
        return true;
      }
    }
    return false;
  }
}
