import type { Kernel, KernelMessage } from '@jupyterlab/services';

import { runOnAfterErrors } from '../guard/keeprunning';

/**
 * A kernel connection that records what it is asked.
 */
class FakeKernel {
  readonly asked: unknown[][] = [];

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
