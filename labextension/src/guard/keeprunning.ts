import type { ISessionContext } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

/**
 * The notebooks in which cells go on running after an error.
 *
 * #### Notes
 * It is kept by session, which all views of a notebook share: what one of them sends is
 * sent over the same connection as what another one does.
 */
export class KeepRunning {
  /**
   * A signal emitted when it was switched on or off for a notebook.
   */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /**
   * Whether the cells of a notebook go on running after an error.
   */
  has(panel: NotebookPanel): boolean {
    return this._entries.has(panel.sessionContext);
  }

  /**
   * Begin with the user's setting for a notebook that was opened. Another view of one
   * that is open changes nothing.
   */
  begin(panel: NotebookPanel, on: boolean): void {
    const { sessionContext } = panel;
    if (!this._begun.has(sessionContext)) {
      this._begun.add(sessionContext);
      this.set(panel, on);
    }
  }

  /**
   * Switch it on or off for a notebook, until the last view of it is closed.
   */
  set(panel: NotebookPanel, on: boolean): void {
    if (on === this.has(panel)) {
      return;
    }
    if (on) {
      this._add(panel.sessionContext);
    } else {
      this._remove(panel.sessionContext);
    }
  }

  private _add(session: ISessionContext): void {
    const entry: KeepRunning.IEntry = { undo: null };
    const wrap = (): void => {
      entry.undo?.dispose();
      const kernel = session.session?.kernel;
      entry.undo = kernel ? runOnAfterErrors(kernel) : null;
    };
    this._entries.set(session, entry);
    session.kernelChanged.connect(wrap, entry);
    session.disposed.connect(() => this._remove(session), entry);
    wrap();
    this._changed.emit();
  }

  private _remove(session: ISessionContext): void {
    const entry = this._entries.get(session);
    this._entries.delete(session);
    if (entry) {
      Signal.disconnectReceiver(entry);
      entry.undo?.dispose();
    }
    this._changed.emit();
  }

  private readonly _begun = new WeakSet<ISessionContext>();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _entries = new Map<ISessionContext, KeepRunning.IEntry>();
}

/**
 * A namespace for `KeepRunning` statics.
 */
export namespace KeepRunning {
  /**
   * What is kept for a session.
   */
  export interface IEntry {
    undo: IDisposable | null;
  }
}

/**
 * Have a kernel go on with the requests that follow an error, until disposed.
 *
 * #### Notes
 * Requests say themselves whether an error ends the queue, and all of JupyterLab's cells
 * say that it does. The method of this one connection is wrapped to say that it does not:
 * there is no option for it; another `INotebookCellExecutor` would take the place of the
 * one that is installed, which other extensions do; and a tag on each cell would be saved
 * with the notebook.
 */
export function runOnAfterErrors(
  kernel: Pick<Kernel.IKernelConnection, 'requestExecute'>
): IDisposable {
  const wasOwn = Object.prototype.hasOwnProperty.call(kernel, 'requestExecute');
  const original = kernel.requestExecute;
  let isOn = true;
  const wrapper: Kernel.IKernelConnection['requestExecute'] = (
    content,
    ...rest
  ) =>
    original.call(
      kernel,
      isOn ? { ...content, stop_on_error: false } : content,
      ...rest
    );
  kernel.requestExecute = wrapper;
  return new DisposableDelegate(() => {
    isOn = false;
    // Somebody who wrapped ours calls it still, and now it changes nothing.
    if (kernel.requestExecute !== wrapper) {
      return;
    }
    if (wasOwn) {
      kernel.requestExecute = original;
    } else {
      Reflect.deleteProperty(kernel, 'requestExecute');
    }
  });
}
