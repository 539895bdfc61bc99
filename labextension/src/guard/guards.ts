import type { ILoggerRegistry } from '@jupyterlab/logconsole';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import type { ITranslator } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

import type { IGuiLoops } from '../tokens';
import { executedCells } from './executed';
import { GuardedConnection } from './guardedconnection';
import type { IGuardedWidget } from './guardedconnection';
import { KnownKernels } from './knownkernels';
import { NO_RESCUES } from './tokens';
import type { IGuardModel, IGuardSettings, IRescues } from './tokens';

/**
 * The guards of all open notebooks and consoles: one for each kernel connection.
 */
export class Guards implements IGuardModel, IGuiLoops {
  constructor(options: Guards.IOptions = {}) {
    this._loggers = options.loggers ?? null;
    this._translator = options.translator ?? nullTranslator;
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
    const kernel = this._current && this._kernels.get(this._current);
    return (kernel && this._connections.get(kernel)?.rescues) ?? NO_RESCUES;
  }

  /**
   * The names of the kernels in which a GUI loop may be running.
   */
  get kernelNames(): string[] {
    const looping = [...this._connections.keys()].filter(kernel =>
      this._known.mayLoop(kernel.id)
    );
    return [...new Set(looping.map(kernel => kernel.name))];
  }

  /**
   * Set which notebook or console the user looks at.
   */
  set current(widget: Widget | null) {
    this._current = widget;
    this._changed.emit();
  }

  /**
   * Switch the guards on or off, and say for which kernels they are.
   */
  configure(settings: IGuardSettings): void {
    this._settings = settings;
    for (const { guard } of this._connections.values()) {
      guard.settings = settings;
    }
  }

  /**
   * Guard the kernel of a notebook, as long as that is open.
   */
  addNotebook(panel: NotebookPanel): void {
    this._add(panel, panel);
    void panel.context.ready.then(() => this._recall(panel));
  }

  /**
   * Guard the kernel of a console, as long as that is open.
   */
  addConsole(widget: IGuardedWidget): void {
    this._add(widget, null);
  }

  private _add(widget: IGuardedWidget, panel: NotebookPanel | null): void {
    const { sessionContext } = widget;
    const receiver = {};
    sessionContext.kernelChanged.connect((_, { oldValue }) => {
      if (oldValue) {
        this._moved.add(sessionContext);
      }
      this._attach(widget, panel);
    }, receiver);
    widget.disposed.connect(() => {
      Signal.disconnectReceiver(receiver);
      this._release(widget, this._kernels.get(widget));
      this._kernels.delete(widget);
    });
    this._attach(widget, panel);
  }

  /**
   * Guard the kernel that the widget has now.
   */
  private _attach(widget: IGuardedWidget, panel: NotebookPanel | null): void {
    const old = this._kernels.get(widget);
    const kernel = widget.sessionContext.session?.kernel;
    // The requests of a connection to a subshell do not pass through the GUI loop.
    if (!kernel || kernel.subshellId) {
      this._kernels.delete(widget);
    } else if (kernel !== old) {
      this._kernels.set(widget, kernel);
      const connection = this._connections.get(kernel) ?? this._open(kernel);
      connection.add(widget, panel);
    }
    // After that, lest it be forgotten what is known of a kernel that stays the same.
    if (kernel !== old) {
      this._release(widget, old);
    }
    if (panel) {
      this._recall(panel);
    }
  }

  private _open(kernel: Kernel.IKernelConnection): GuardedConnection {
    const connection = new GuardedConnection({
      facts: this._known.hold(kernel.id),
      kernel,
      loggers: this._loggers,
      settings: this._settings,
      translator: this._translator
    });
    connection.changed.connect(() => this._changed.emit());
    this._connections.set(kernel, connection);
    return connection;
  }

  private _release(
    widget: IGuardedWidget,
    kernel: Kernel.IKernelConnection | undefined
  ): void {
    const connection = kernel && this._connections.get(kernel);
    if (connection) {
      connection.remove(widget);
      if (connection.isUnused) {
        connection.dispose();
        this._connections.delete(kernel);
        this._known.release(kernel.id);
      }
    }
    this._changed.emit();
  }

  /**
   * Tell the guard what the notebook shows as executed: after the page was loaded again
   * nobody else knows. The cells' numbers are not those of a kernel chosen later.
   */
  private _recall(panel: NotebookPanel): void {
    const kernel = this._kernels.get(panel);
    const isFirstKernel = !this._moved.has(panel.sessionContext);
    if (kernel && isFirstKernel && panel.context.isReady) {
      this._connections.get(kernel)?.guard.recall(executedCells(panel));
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _connections = new Map<
    Kernel.IKernelConnection,
    GuardedConnection
  >();
  private _current: Widget | null = null;
  private readonly _kernels = new Map<Widget, Kernel.IKernelConnection>();
  private readonly _known = new KnownKernels();
  private readonly _loggers: ILoggerRegistry | null;
  // Sessions whose kernel is not the one with which the notebook was opened.
  private readonly _moved = new WeakSet<IGuardedWidget['sessionContext']>();
  // Nothing is done before the user's settings are known.
  private _settings: IGuardSettings = { assumesLoop: false, enabled: false };
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
