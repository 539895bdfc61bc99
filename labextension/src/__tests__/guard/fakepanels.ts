import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import type { IGuardedWidget } from '../../guard/guardedconnection';

/**
 * The part of a session that the guard uses; the views of a notebook share one.
 */
export class FakeSession {
  constructor(
    kernel: object | null,
    readonly path: string
  ) {
    this.session = { kernel };
  }

  readonly disposed = new Signal<this, void>(this);
  readonly kernelChanged = new Signal<
    this,
    { oldValue: object | null; newValue: object | null }
  >(this);
  session: { kernel: object | null };

  /** Connect to another kernel, or none. */
  change(kernel: object | null): void {
    const oldValue = this.session.kernel;
    this.session = { kernel };
    this.kernelChanged.emit({ oldValue, newValue: kernel });
  }
}

/**
 * A notebook of one code cell, in one view or several.
 */
export class FakeNotebook {
  constructor(kernel: object | null, path = 'a.ipynb') {
    this.session = new FakeSession(kernel, path);
    this.context = { isReady: true, path, ready: Promise.resolve() };
  }

  readonly context: { isReady: boolean; path: string; ready: Promise<void> };
  readonly session: FakeSession;
  readonly cell = {
    code: 'b = 2',
    executionCount: null as number | null,
    outputs: { length: 0 },
    sharedModel: {
      getId: () => `c-${this.runId}`,
      getSource: () => this.cell.code
    },
    type: 'code'
  };
  /** The request by which the cell was run last. */
  runId = '';

  /** Open a view, as *New View for Notebook* does. */
  open(): FakeView {
    return new FakeView(this);
  }
}

/**
 * A view of a notebook.
 */
export class FakeView extends Widget {
  constructor(notebook: FakeNotebook) {
    super();
    this._notebook = notebook;
    this.context = notebook.context;
    this.sessionContext = notebook.session;
    this.content = {
      mode: 'command',
      model: { cells: [notebook.cell] },
      widgets: [this._cell]
    };
  }

  readonly content: object;
  readonly context: FakeNotebook['context'];
  readonly sessionContext: FakeSession;

  /** What the parts that know nothing of tests take. */
  get panel(): NotebookPanel {
    return this as unknown as NotebookPanel;
  }

  /** Take the request as that of the cell, which was run here. */
  run(id: string): void {
    this._notebook.runId = id;
    this._cell.outputArea.future = {
      done: Promise.resolve(),
      msg: { header: { msg_id: id } }
    };
  }

  private get _cell(): FakeView.ICell {
    this._made ??= {
      model: this._notebook.cell,
      outputArea: { future: null }
    };
    return this._made;
  }

  private _made: FakeView.ICell | undefined;
  private readonly _notebook: FakeNotebook;
}

/**
 * A namespace for `FakeView` statics.
 */
export namespace FakeView {
  /** A cell as a view shows it. */
  export interface ICell {
    readonly model: FakeNotebook['cell'];
    readonly outputArea: {
      future: {
        done: Promise<void>;
        msg: { header: { msg_id: string } };
      } | null;
    };
  }
}

/**
 * A console with a connection of its own.
 */
export class FakeConsole extends Widget {
  constructor(kernel: Kernel.IKernelConnection) {
    super();
    this.sessionContext = new FakeSession(kernel, 'console-1');
  }

  readonly sessionContext: FakeSession;

  get guarded(): IGuardedWidget {
    return this as unknown as IGuardedWidget;
  }
}
