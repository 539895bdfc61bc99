import { Guards } from '../../guard/guards';
import { FIRST_WAIT } from '../../guard/pokes';
import { FakeKernel } from './fakekernel';
import { FakeConsole, FakeNotebook } from './fakepanels';
import type { FakeView } from './fakepanels';

// No cell is run again here.
jest.mock('@jupyterlab/notebook', () => ({ NotebookActions: {} }));

describe('Guards of several connections to a kernel', () => {
  let guards: Guards;
  let kernel: FakeKernel;

  beforeEach(() => {
    jest.useFakeTimers();
    guards = new Guards();
    guards.configure({ assumesLoop: false, enabled: true });
    kernel = new FakeKernel();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  /** Guard a notebook; the kernel's information comes. */
  async function openNotebook(
    on = kernel,
    path = 'a.ipynb'
  ): Promise<FakeView> {
    const view = new FakeNotebook(on, path).open();
    guards.addNotebook(view.panel);
    await pass(0);
    return view;
  }

  async function openConsole(on: FakeKernel): Promise<FakeConsole> {
    const opened = new FakeConsole(on.connection);
    guards.addConsole(opened.guarded);
    await pass(0);
    return opened;
  }

  async function pass(milliseconds: number): Promise<void> {
    await jest.advanceTimersByTimeAsync(milliseconds);
  }

  it('should guard a console opened after its notebook has started a loop', async () => {
    await openNotebook();
    kernel.run('r1', '%matplotlib qt');
    const connection = new FakeKernel();
    await openConsole(connection);

    connection.send('r2');
    await pass(FIRST_WAIT);

    expect(connection.pokes).toBe(1);
  });

  it('should guard a second notebook by what the first has executed', async () => {
    await openNotebook();
    kernel.run('r1', 'import napari');
    const connection = new FakeKernel();
    await openNotebook(connection, 'b.ipynb');

    connection.send('r2');
    await pass(FIRST_WAIT);

    expect(connection.pokes).toBe(1);
  });

  it('should keep what is known of one kernel from another', async () => {
    await openNotebook();
    kernel.run('r1', '%matplotlib qt');
    const other = new FakeKernel('python', [], 'k2');
    await openConsole(other);

    other.send('r2');
    await pass(60_000);

    expect(other.pokes).toBe(0);
  });

  it('should poke a kernel four times a second at most over all connections', async () => {
    await openNotebook();
    const connection = new FakeKernel();
    await openConsole(connection);
    kernel.run('r1', '%matplotlib qt');
    kernel.send('r2');
    connection.send('r3');

    await pass(FIRST_WAIT);
    expect(kernel.pokes + connection.pokes).toBe(1);
    await pass(FIRST_WAIT);
    expect(kernel.pokes + connection.pokes).toBe(2);
  });

  it('should forget a kernel when no connection is left', async () => {
    const view = await openNotebook();
    const connection = new FakeKernel();
    const console_ = await openConsole(connection);
    kernel.run('r1', '%matplotlib qt');

    // The console remembers it for the next notebook, ...
    view.dispose();
    const second = await openConsole(new FakeKernel());
    connection.send('r2');
    await pass(FIRST_WAIT);
    expect(connection.pokes).toBe(1);

    // ... and after the last one nobody does.
    console_.dispose();
    second.dispose();
    const last = new FakeKernel();
    await openConsole(last);
    last.send('r3');
    await pass(60_000);
    expect(last.pokes).toBe(0);
  });
});
