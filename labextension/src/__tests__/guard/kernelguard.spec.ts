import { KernelGuard } from '../../guard/kernelguard';
import { createFacts } from '../../guard/knownkernels';
import { FIRST_WAIT, MOST_POKES, WAIT_AFTER_ERROR } from '../../guard/pokes';
import type { GuardEvent, IGuardSettings } from '../../guard/tokens';
import { FakeKernel } from './fakekernel';

const ON = { assumesLoop: false, enabled: true };

describe('KernelGuard', () => {
  let events: GuardEvent[];
  let guard: KernelGuard;
  let kernel: FakeKernel;

  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    guard.dispose();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  async function start(
    found = new FakeKernel(),
    settings: IGuardSettings = ON
  ): Promise<void> {
    kernel = found;
    guard = new KernelGuard({ facts: createFacts(), kernel, settings });
    events = [];
    guard.happened.connect((_, event) => {
      events.push(event);
    });
    await kernel.info;
  }

  it('should wake a kernel with a GUI loop that leaves a request unread', async () => {
    await start();
    kernel.run('r1', '%matplotlib qt');

    kernel.send('r2');
    jest.advanceTimersByTime(FIRST_WAIT - 1);
    expect(kernel.pokes).toBe(0);
    jest.advanceTimersByTime(1);
    expect(kernel.pokes).toBe(1);

    kernel.receive('status', 'r2', 'busy');
    expect(events).toMatchObject([{ type: 'woken', waited: FIRST_WAIT }]);
    jest.advanceTimersByTime(60_000);
    expect(kernel.pokes).toBe(1);
  });

  it.each([
    '%matplotlib inline',
    '%matplotlib qtwindows',
    '%matplotlib livewindows',
    'x = 1'
  ])('should send nothing to a kernel that ran %s', async code => {
    await start();
    kernel.run('r1', code);
    kernel.fail('r2');
    kernel.send('r3');

    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(60_000);
    expect(kernel.pokes).toBe(0);
  });

  it('should wake a kernel in which a library starts the loop by and by', async () => {
    await start();
    kernel.run('r1', 'import napari\n%matplotlib inline');
    kernel.run('r2', 'viewer = napari.Viewer()');

    kernel.send('r3');
    jest.advanceTimersByTime(FIRST_WAIT);

    expect(kernel.pokes).toBe(1);
  });

  it('should send nothing to a kernel of another language', async () => {
    await start(new FakeKernel('R'), { assumesLoop: true, enabled: true });
    kernel.run('r1', '%matplotlib qt');
    kernel.send('r2');

    jest.advanceTimersByTime(60_000);

    expect(kernel.pokes).toBe(0);
  });

  it('should send nothing while it is switched off, and know the loop when on', async () => {
    await start(undefined, { assumesLoop: false, enabled: false });
    kernel.run('r1', '%gui qt');
    kernel.send('r2');
    jest.advanceTimersByTime(60_000);
    expect(kernel.pokes).toBe(0);

    guard.settings = ON;
    jest.advanceTimersByTime(0);

    expect(kernel.pokes).toBe(1);
  });

  it('should take a loop for granted if the user says so', async () => {
    await start(undefined, { assumesLoop: true, enabled: true });

    kernel.send('r1');
    jest.advanceTimersByTime(FIRST_WAIT);

    expect(kernel.pokes).toBe(1);
  });

  it('should wait for a kernel that is not idle or not connected', async () => {
    await start();
    kernel.run('r1', '%matplotlib qt');
    kernel.changeStatus('busy');
    kernel.send('r2');
    jest.advanceTimersByTime(60_000);
    expect(kernel.pokes).toBe(0);

    kernel.changeStatus('idle');
    jest.advanceTimersByTime(0);
    expect(kernel.pokes).toBe(1);

    kernel.connectionStatus = 'connecting';
    kernel.connectionStatusChanged.emit('connecting');
    jest.advanceTimersByTime(60_000);
    expect(kernel.pokes).toBe(1);
  });

  it('should forget the loop and the requests when the kernel is restarted', async () => {
    await start();
    kernel.run('r1', '%matplotlib qt');
    kernel.send('r2');

    kernel.changeStatus('restarting');
    kernel.changeStatus('idle');
    kernel.send('r3');
    jest.advanceTimersByTime(60_000);

    expect(kernel.pokes).toBe(0);
    expect(events).toEqual([{ type: 'reset' }]);
  });

  it('should forget the requests when the kernel is started anew', async () => {
    await start(undefined, { assumesLoop: true, enabled: true });
    kernel.send('r1');

    kernel.changeStatus('autorestarting');
    kernel.changeStatus('idle');
    jest.advanceTimersByTime(60_000);

    expect(kernel.pokes).toBe(0);
  });

  it('should forget the requests when the connection is lost', async () => {
    await start();
    kernel.run('r1', '%matplotlib qt');
    kernel.send('r2');

    kernel.connectionStatus = 'connecting';
    kernel.connectionStatusChanged.emit('connecting');
    kernel.connectionStatus = 'connected';
    kernel.connectionStatusChanged.emit('connected');
    jest.advanceTimersByTime(60_000);
    expect(kernel.pokes).toBe(0);

    // The loop is still there.
    kernel.send('r3');
    jest.advanceTimersByTime(FIRST_WAIT);
    expect(kernel.pokes).toBe(1);
  });

  it('should learn of a loop that another client has started', async () => {
    await start();
    kernel.receive('execute_input', 'foreign', '4', '%gui qt');

    kernel.send('r1');
    jest.advanceTimersByTime(FIRST_WAIT);

    expect(kernel.pokes).toBe(1);
  });

  it('should recall what the notebook had executed', async () => {
    await start();
    guard.recall([{ code: '%matplotlib qt', failed: false }]);

    kernel.send('r1');
    jest.advanceTimersByTime(FIRST_WAIT);

    expect(kernel.pokes).toBe(1);
  });

  it('should trust the kernel more than the notebook', async () => {
    await start();
    kernel.run('r1', '%matplotlib inline');
    guard.recall([{ code: '%matplotlib qt', failed: false }]);
    kernel.send('r2');
    jest.advanceTimersByTime(60_000);
    expect(kernel.pokes).toBe(0);
  });

  it('should see by the first number that the kernel is another one', async () => {
    await start();
    guard.recall([{ code: '%matplotlib qt', failed: false }]);

    kernel.run('r1', 'x = 1', 1);
    kernel.send('r2');
    jest.advanceTimersByTime(60_000);

    expect(kernel.pokes).toBe(0);
  });

  it('should let a kernel end its aborting after an error', async () => {
    await start();
    kernel.run('r1', '%matplotlib qt');

    kernel.fail('r2');
    jest.advanceTimersByTime(WAIT_AFTER_ERROR);

    expect(kernel.pokes).toBe(1);
    expect(events).toEqual([{ type: 'settled' }]);
  });

  it('should leave a kernel with subshells alone after an error', async () => {
    await start(new FakeKernel('python', ['kernel subshells']));
    kernel.run('r1', '%matplotlib qt');

    kernel.fail('r2');
    jest.advanceTimersByTime(60_000);

    expect(kernel.pokes).toBe(0);
  });

  it('should ask for a cell that was aborted by mistake', async () => {
    await start();
    kernel.fail('r1');
    kernel.send('r2', 'b = 2');
    kernel.receive('execute_reply', 'r2', 'aborted');

    expect(events).toMatchObject([
      { type: 'aborted', runs: [{ cellId: 'c-r2', code: 'b = 2' }] }
    ]);
  });

  it('should see by a cell aborted by mistake that there is a loop', async () => {
    await start();
    kernel.run('r1', 'start_a_loop_in_a_way_of_its_own()');
    kernel.fail('r2');
    kernel.send('r3', 'b = 2');
    kernel.send('r4', 'c = 3');
    jest.advanceTimersByTime(60_000);
    expect(kernel.pokes).toBe(0);

    kernel.receive('execute_reply', 'r3', 'aborted');
    jest.advanceTimersByTime(FIRST_WAIT);

    expect(kernel.pokes).toBe(1);
    expect(events).toEqual([]);
  });

  it('should see no loop where what is behind an error is aborted', async () => {
    await start();
    kernel.send('r1', '1 / 0');
    kernel.send('r2', 'b = 2');
    kernel.receive('execute_reply', 'r1', 'error');
    kernel.receive('execute_reply', 'r2', 'aborted');

    kernel.send('r3');
    jest.advanceTimersByTime(60_000);

    expect(kernel.pokes).toBe(0);
  });

  it('should wake a kernel while widgets send messages, and not while it is busy', async () => {
    await start();
    kernel.run('r1', '%matplotlib qt');
    kernel.send('r2');

    for (let index = 0; index < 5 * 60; index++) {
      kernel.beginComm(`comm${index}`);
      const before = kernel.pokes;
      jest.advanceTimersByTime(20);
      expect(kernel.pokes).toBe(before);
      kernel.endComm(`comm${index}`);
      jest.advanceTimersByTime(180);
    }

    expect(kernel.pokes).toBe(MOST_POKES);
    expect(events).toMatchObject([{ type: 'unanswered' }]);
    kernel.receive('status', 'r2', 'busy');
  });

  it('should count a cell as woken though a widget sent messages meanwhile', async () => {
    await start();
    kernel.run('r1', '%matplotlib qt');
    kernel.send('r2');
    jest.advanceTimersByTime(FIRST_WAIT);

    kernel.beginComm('comm');
    kernel.endComm('comm');
    kernel.receive('status', 'r2', 'busy');

    expect(events).toMatchObject([{ type: 'woken', run: { id: 'r2' } }]);
  });

  it('should say once that pokes are in vain', async () => {
    await start();
    kernel.run('r1', '%matplotlib qt');
    kernel.send('r2');

    jest.advanceTimersByTime(600_000);

    expect(events).toMatchObject([{ type: 'unanswered', run: { id: 'r2' } }]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('should stop with its kernel', async () => {
    await start();
    kernel.run('r1', '%matplotlib qt');
    kernel.send('r2');

    kernel.disposed.emit();

    expect(guard.isDisposed).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
    kernel.send('r3');
    expect(jest.getTimerCount()).toBe(0);
  });
});
