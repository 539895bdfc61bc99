import { LoopHistory } from '../../guard/loops';

function mayRun(...cells: string[]): boolean {
  const history = new LoopHistory();
  cells.forEach((code, index) => history.began(`r${index}`, code));
  return history.mayRun;
}

describe('LoopHistory', () => {
  it('should assume no loop before anything was executed', () => {
    expect(mayRun()).toBe(false);
    expect(mayRun('x = 1', 'import matplotlib.pyplot as plt')).toBe(false);
  });

  it('should let the last statement count', () => {
    expect(mayRun('%matplotlib qt', 'x = 1')).toBe(true);
    expect(mayRun('%matplotlib qt', '%matplotlib inline')).toBe(false);
    expect(mayRun('%matplotlib inline\n%gui qt')).toBe(true);
    expect(mayRun('%gui qt', '%gui')).toBe(false);
  });

  it.each([
    [['import napari\n%matplotlib inline']],
    [['import napari', '%matplotlib inline']],
    [['%matplotlib inline', 'from pyvistaqt import BackgroundPlotter', '%gui']]
  ])('should count a library whatever is said besides: %j', cells => {
    expect(mayRun(...cells, 'viewer = napari.Viewer()')).toBe(true);
  });

  it('should forget a library with the kernel only', () => {
    const history = new LoopHistory();
    history.began('r1', 'import napari');
    history.began('r2', '%gui none');
    expect(history.mayRun).toBe(true);

    history.clear();

    expect(history.mayRun).toBe(false);
  });

  it('should see by the first number that the kernel is a new one', () => {
    const history = new LoopHistory();
    history.began('r1', 'import napari\n%gui qt', 7);

    history.began('r2', 'x = 1', 1);

    expect(history.mayRun).toBe(false);
  });

  it('should hear of code once, though several connections tell of it', () => {
    const history = new LoopHistory();
    history.began('r1', '%gui qt', 1);
    history.began('r2', '%gui none', 2);

    history.began('r1', '%gui qt', 1);

    expect(history.mayRun).toBe(false);
  });

  it('should hear of code again when the kernel was started between', () => {
    const history = new LoopHistory();
    history.began('r1', '%gui qt', 1);

    // A connection that is behind tells first that the kernel has started.
    history.clear();
    history.began('r1', '%gui qt', 1);

    expect(history.mayRun).toBe(true);
  });

  it('should trust the kernel more than what a notebook shows', () => {
    const history = new LoopHistory();
    history.began('r1', '%matplotlib inline');

    history.recall([{ code: 'import napari', failed: false }]);

    expect(history.mayRun).toBe(false);
  });

  it.each([
    ['%gui qt', 'x = 1'],
    ['x = 1', 'import napari']
  ])('should learn from each notebook of a kernel: %s, %s', (...notebooks) => {
    const history = new LoopHistory();

    notebooks.forEach(code => history.recall([{ code, failed: false }]));

    expect(history.mayRun).toBe(true);
  });

  it('should count a loop that failed code may have started', () => {
    const history = new LoopHistory();

    history.began('r1', '%matplotlib qt\n1 / 0\n%matplotlib inline');
    history.failed('r1');

    expect(history.mayRun).toBe(true);
  });

  it('should count a loop that failed code may not have ended', () => {
    const history = new LoopHistory();
    history.began('r1', '%gui qt');

    history.began('r2', '%gui none');
    history.failed('r2');

    expect(history.mayRun).toBe(true);
  });

  it('should ignore the failure of code that says nothing', () => {
    const history = new LoopHistory();

    history.began('r1', '1 / 0');
    history.failed('r1');
    history.failed('r9');

    expect(history.mayRun).toBe(false);
  });

  it('should count a loop that gave itself away, until code ends it', () => {
    const history = new LoopHistory();
    history.began('r1', '1 / 0');

    history.gaveItselfAway();
    history.failed('r1');
    expect(history.mayRun).toBe(true);

    history.began('r2', '%gui none');
    expect(history.mayRun).toBe(false);
  });

  it('should learn from what was executed before', () => {
    const history = new LoopHistory();

    history.recall([
      { code: '%matplotlib inline', failed: false },
      { code: '%matplotlib qt', failed: false },
      { code: '%gui none', failed: true }
    ]);

    expect(history.mayRun).toBe(true);
    history.clear();
    expect(history.mayRun).toBe(false);
  });
});
