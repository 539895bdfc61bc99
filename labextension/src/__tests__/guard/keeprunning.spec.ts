import type { Kernel, KernelMessage } from '@jupyterlab/services';

import { KeepRunning, runOnAfterErrors } from '../../guard/keeprunning';
import { FakeNotebook } from './fakepanels';

/**
 * A kernel connection that records what it is asked.
 */
class FakeKernel {
  readonly asked: unknown[][] = [];

  /** Whether an error ends the queue, by a request made now. */
  get stopsOnError(): boolean | undefined {
    this.requestExecute(CONTENT);
    const [content] = this.asked[this.asked.length - 1];
    return (content as typeof CONTENT).stop_on_error;
  }

  requestExecute(
    ...args: Parameters<Kernel.IKernelConnection['requestExecute']>
  ): ReturnType<Kernel.IKernelConnection['requestExecute']> {
    this.asked.push(args);
    return this as unknown as ReturnType<
      Kernel.IKernelConnection['requestExecute']
    >;
  }
}

const CONTENT: KernelMessage.IExecuteRequestMsg['content'] = {
  code: 'x = 1',
  stop_on_error: true
};

describe('runOnAfterErrors', () => {
  let kernel: FakeKernel;

  beforeEach(() => {
    kernel = new FakeKernel();
  });

  it('should ask the kernel to go on, and leave the rest as it is', () => {
    runOnAfterErrors(kernel);

    const future = kernel.requestExecute(CONTENT, false, { cellId: 'c' });

    expect(future).toBe(kernel);
    expect(kernel.asked).toEqual([
      [{ code: 'x = 1', stop_on_error: false }, false, { cellId: 'c' }]
    ]);
  });

  it('should leave the connection as it was when disposed', () => {
    runOnAfterErrors(kernel).dispose();
    kernel.requestExecute(CONTENT);

    expect(kernel.asked).toEqual([[CONTENT]]);
    expect(Object.keys(kernel)).toEqual(['asked']);
  });

  it('should change nothing any more when somebody has wrapped it', () => {
    const undo = runOnAfterErrors(kernel);
    const ours = kernel.requestExecute;
    const theirs: typeof ours = (...args) => ours.call(kernel, ...args);
    kernel.requestExecute = theirs;

    undo.dispose();
    kernel.requestExecute(CONTENT);

    expect(kernel.requestExecute).toBe(theirs);
    expect(kernel.asked).toEqual([[CONTENT]]);
  });

  it('should give back what somebody else had put there', () => {
    const theirs = jest.fn();
    kernel.requestExecute = theirs;

    runOnAfterErrors(kernel).dispose();

    expect(kernel.requestExecute).toBe(theirs);
  });
});

describe('KeepRunning', () => {
  let kept: KeepRunning;
  let kernel: FakeKernel;
  let notebook: FakeNotebook;

  beforeEach(() => {
    kept = new KeepRunning();
    kernel = new FakeKernel();
    notebook = new FakeNotebook(kernel);
  });

  it('should be off until it is switched on, and then again', () => {
    const { panel } = notebook.open();
    expect(kept.has(panel)).toBe(false);
    expect(kernel.stopsOnError).toBe(true);

    kept.set(panel, true);
    expect(kept.has(panel)).toBe(true);
    expect(kernel.stopsOnError).toBe(false);

    kept.set(panel, false);
    expect(kept.has(panel)).toBe(false);
    expect(kernel.stopsOnError).toBe(true);
    expect(Object.keys(kernel)).toEqual(['asked']);
  });

  it('should hold for one notebook only', () => {
    const other = new FakeKernel();
    const { panel } = new FakeNotebook(other, 'b.ipynb').open();

    kept.set(notebook.open().panel, true);

    expect(kept.has(panel)).toBe(false);
    expect(other.stopsOnError).toBe(true);
  });

  it('should hold for all views of a notebook, and be switched off in any', () => {
    const [first, second] = [notebook.open().panel, notebook.open().panel];

    kept.set(first, true);
    expect(kept.has(second)).toBe(true);

    kept.set(second, false);
    expect(kept.has(first)).toBe(false);
    expect(kernel.stopsOnError).toBe(true);
    expect(Object.keys(kernel)).toEqual(['asked']);
  });

  it('should hold when one of two views is closed, until the notebook is', () => {
    const [first, second] = [notebook.open(), notebook.open()];
    kept.set(first.panel, true);

    first.dispose();
    expect(kept.has(second.panel)).toBe(true);
    expect(kernel.stopsOnError).toBe(false);

    second.dispose();
    notebook.session.disposed.emit();
    expect(kept.has(second.panel)).toBe(false);
    expect(kernel.stopsOnError).toBe(true);
  });

  it('should hold through another kernel, and leave the old one alone', () => {
    const { panel } = notebook.open();
    kept.set(panel, true);
    const next = new FakeKernel();

    notebook.session.change(null);
    expect(kernel.stopsOnError).toBe(true);
    notebook.session.change(next);

    expect(kept.has(panel)).toBe(true);
    expect(next.stopsOnError).toBe(false);
    expect(kernel.stopsOnError).toBe(true);
  });

  it('should hold for a kernel that comes after it was switched on', () => {
    const late = new FakeNotebook(null, 'late.ipynb');
    const { panel } = late.open();
    kept.set(panel, true);

    late.session.change(kernel);

    expect(kernel.stopsOnError).toBe(false);
  });

  it('should begin with the setting once for all views of a notebook', () => {
    const [first, second] = [notebook.open().panel, notebook.open().panel];

    kept.begin(first, true);
    expect(kernel.stopsOnError).toBe(false);
    kept.set(first, false);
    kept.begin(second, true);

    expect(kept.has(second)).toBe(false);
    expect(kernel.stopsOnError).toBe(true);
  });

  it('should not be switched off by another view that is opened', () => {
    const { panel } = notebook.open();
    kept.begin(panel, false);
    kept.set(panel, true);

    kept.begin(notebook.open().panel, false);

    expect(kept.has(panel)).toBe(true);
  });

  it('should tell of changes, and of nothing else', () => {
    const changed = jest.fn();
    kept.changed.connect(changed);
    const { panel } = notebook.open();

    kept.set(panel, false);
    expect(changed).not.toHaveBeenCalled();
    kept.set(panel, true);
    kept.set(panel, true);
    expect(changed).toHaveBeenCalledTimes(1);
    notebook.session.disposed.emit();
    expect(changed).toHaveBeenCalledTimes(2);
  });
});
