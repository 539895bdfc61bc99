import type { ILoggerRegistry } from '@jupyterlab/logconsole';
import { NotebookActions } from '@jupyterlab/notebook';

import { Guards } from '../../guard/guards';
import { FIRST_WAIT, WAIT_AFTER_ERROR } from '../../guard/pokes';
import { NO_RESCUES } from '../../guard/tokens';
import { FakeKernel } from './fakekernel';
import { FakeConsole, FakeNotebook } from './fakepanels';
import type { FakeView } from './fakepanels';

jest.mock('@jupyterlab/notebook', () => ({
  NotebookActions: { runCells: jest.fn() }
}));

const runCells = NotebookActions.runCells as jest.Mock;

describe('Guards', () => {
  let guards: Guards;
  let kernel: FakeKernel;
  let log: string[];
  let notebook: FakeNotebook;

  beforeEach(() => {
    jest.useFakeTimers();
    runCells.mockReset().mockResolvedValue(true);
    log = [];
    const loggers = {
      getLogger: (path: string) => ({
        log: ({ data }: { data: string }) => log.push(`${path}: ${data}`)
      })
    };
    guards = new Guards({ loggers: loggers as unknown as ILoggerRegistry });
    guards.configure({ assumesLoop: false, enabled: true });
    kernel = new FakeKernel();
    notebook = new FakeNotebook(kernel);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  /** Guard views of the notebook; the kernel's information comes. */
  async function openViews(count: number): Promise<FakeView[]> {
    const views = Array.from({ length: count }, () => notebook.open());
    views.forEach(view => guards.addNotebook(view.panel));
    guards.current = views[0];
    await pass(0);
    return views;
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

  /** Have a cell aborted that was started after an error was seen. */
  function abort(view: FakeView | null, id: string): void {
    kernel.fail(`bad-${id}`);
    view?.run(id);
    kernel.send(id, 'b = 2');
    kernel.receive('execute_reply', id, 'aborted');
  }

  it('should name the kernels in which a loop may be running', async () => {
    await openViews(1);
    await openConsole(kernel);
    const before = guards.kernelNames;

    kernel.run('r1', '%matplotlib qt');

    expect(before).toEqual([]);
    expect(guards.kernelNames).toEqual(['python3']);
    kernel.run('r2', '%matplotlib inline');
    expect(guards.kernelNames).toEqual([]);
  });

  it('should guard a connection once, however many views share it', async () => {
    await openViews(3);
    kernel.run('r1', '%matplotlib qt');
    kernel.send('r2');

    await pass(FIRST_WAIT);
    expect(kernel.pokes).toBe(1);
    kernel.receive('status', 'r2', 'busy');

    expect(guards.rescues).toEqual({ ...NO_RESCUES, woken: 1 });
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('a.ipynb: The kernel left a cell unread');
  });

  it.each([0, 1, 2])(
    'should run a cell again in the view that had run it: view %d',
    async index => {
      const views = await openViews(3);

      abort(views[index], 'r1');
      await pass(0);

      expect(runCells).toHaveBeenCalledTimes(1);
      expect(runCells.mock.calls[0][0]).toBe(views[index].content);
      expect(guards.rescues).toEqual({ ...NO_RESCUES, repeated: 1 });
      expect(log).toHaveLength(1);
      expect(log[0]).toContain('so it was run again');
    }
  );

  it('should say once that a cell has changed when no view has its run', async () => {
    const [view] = await openViews(2);
    notebook.cell.code = 'b = 3';

    abort(view, 'r1');
    await pass(0);

    expect(runCells).not.toHaveBeenCalled();
    expect(guards.rescues).toEqual({ ...NO_RESCUES, left: 1 });
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('it was changed');
  });

  it('should not run again what a console has run', async () => {
    guards.current = await openConsole(kernel);

    abort(null, 'r1');
    await pass(0);

    expect(guards.rescues).toEqual({ ...NO_RESCUES, left: 1 });
    expect(log[0]).toContain('in notebooks only');
  });

  it('should go on guarding when one of two views is closed', async () => {
    const [first, second] = await openViews(2);
    kernel.run('r1', '%matplotlib qt');

    first.dispose();
    kernel.send('r2');
    await pass(FIRST_WAIT);
    expect(kernel.pokes).toBe(1);

    second.dispose();
    await pass(60_000);
    expect(kernel.pokes).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('should know a kernel over a new connection', async () => {
    await openViews(2);
    kernel.run('r1', '%matplotlib qt');

    const connection = new FakeKernel();
    notebook.session.change(connection);
    await pass(0);
    connection.send('r2');
    await pass(FIRST_WAIT);

    expect(connection.pokes).toBe(1);
    expect(kernel.pokes).toBe(0);
  });

  it('should follow all views to another kernel', async () => {
    await openViews(2);
    kernel.run('r1', '%matplotlib qt');
    notebook.session.change(null);
    const other = new FakeKernel('python', [], 'k2');
    notebook.session.change(other);
    await pass(0);

    other.run('r1', '%matplotlib qt', 1);
    other.send('r2');
    kernel.send('r3');
    await pass(FIRST_WAIT);

    expect(other.pokes).toBe(1);
    expect(kernel.pokes).toBe(0);
  });

  it('should learn from the cells of a notebook that was open before', async () => {
    Object.assign(notebook.cell, { code: '%gui qt', executionCount: 3 });
    await openViews(1);

    kernel.send('r1');
    await pass(FIRST_WAIT);

    expect(kernel.pokes).toBe(1);
  });

  it('should not take the cells for what another kernel has executed', async () => {
    Object.assign(notebook.cell, { code: '%gui qt', executionCount: 3 });
    await openViews(1);
    const other = new FakeKernel('python', [], 'k2');
    notebook.session.change(other);
    // A view opened now shows the same cells.
    guards.addNotebook(notebook.open().panel);
    await pass(0);

    other.send('r1');
    await pass(60_000);

    expect(other.pokes).toBe(0);
  });

  it('should count the requests after errors, until the kernel is restarted', async () => {
    await openViews(2);
    const changed = jest.fn();
    guards.changed.connect(changed);
    kernel.run('r1', '%matplotlib qt');

    for (const id of ['r2', 'r3']) {
      kernel.fail(id);
      await pass(WAIT_AFTER_ERROR + FIRST_WAIT);
    }
    expect(guards.rescues).toEqual({ ...NO_RESCUES, settled: 2 });
    expect(kernel.pokes).toBe(2);
    expect(changed).toHaveBeenCalledTimes(2);

    kernel.changeStatus('restarting');
    expect(guards.rescues).toEqual(NO_RESCUES);
    expect(changed).toHaveBeenCalledTimes(3);
  });

  it('should tell what was done for the kernel that the user looks at', async () => {
    await openViews(1);
    kernel.run('r1', '%matplotlib qt');
    kernel.fail('r2');
    await pass(WAIT_AFTER_ERROR);
    const other = await openConsole(new FakeKernel('python', [], 'k2'));

    guards.current = other;
    expect(guards.rescues).toEqual(NO_RESCUES);
    guards.current = null;
    expect(guards.rescues).toEqual(NO_RESCUES);
  });

  it('should do nothing while it is switched off', async () => {
    await openViews(2);
    kernel.run('r1', '%matplotlib qt');
    guards.configure({ assumesLoop: false, enabled: false });
    kernel.send('r2');
    await pass(60_000);
    expect(kernel.pokes).toBe(0);

    guards.configure({ assumesLoop: false, enabled: true });
    await pass(0);
    expect(kernel.pokes).toBe(1);
  });
});
