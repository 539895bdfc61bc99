import { LoopHistory, statementsAboutLoops } from '../guard/loops';

function mayRun(...cells: string[]): boolean {
  const history = new LoopHistory();
  cells.forEach((code, index) => history.began(`r${index}`, code));
  return history.mayRun;
}

describe('statementsAboutLoops', () => {
  it.each([
    '%matplotlib qt',
    '%matplotlib qt5',
    '%matplotlib  tk  # windows',
    '%matplotlib',
    '%matplotlib auto',
    '%matplotlib qtagg',
    '%matplotlib module://mplcairo.qt',
    '%matplotlib osx',
    '  %gui qt6',
    '%gui gtk4',
    '%pylab',
    '%pylab --no-import-all wx',
    '_ = %gui qt',
    'matplotlib qt',
    'gui tk',
    '%%time\n%matplotlib qt',
    'get_ipython().run_line_magic("matplotlib", "qt")',
    "ip.run_line_magic('gui', line='qt5')",
    "get_ipython().magic('%gui qt')",
    'ipython.magic("matplotlib qt5")',
    'get_ipython().enable_gui("qt")',
    "enable_gui(gui='qt')",
    "ip.enable_matplotlib('tk')",
    "import matplotlib\nmatplotlib.use('QtAgg')",
    'mpl.use(backend="TkAgg")',
    'plt.switch_backend("qt5agg")',
    'plt.rcParams["backend"] = "GTK3Agg"',
    "os.environ['MPLBACKEND'] = 'QtAgg'",
    'os.environ.setdefault("MPLBACKEND", "tkagg")',
    '%env MPLBACKEND=qtagg',
    'import napari',
    'from napari.layers import Image',
    'import numpy as np, napari',
    'from pyvistaqt import BackgroundPlotter'
  ])('should see that a loop is started: %s', code => {
    expect(statementsAboutLoops(code)).toEqual([true]);
  });

  it.each([
    '%matplotlib inline',
    '%matplotlib agg',
    '%matplotlib widget',
    '%matplotlib ipympl',
    '%matplotlib nbagg',
    '%matplotlib notebook',
    '%matplotlib qtwindows',
    '%matplotlib module://jlab_qtwindows.kernel.backend',
    'matplotlib inline',
    '%gui',
    '%gui none',
    '%gui inline',
    '%gui asyncio',
    '%pylab inline',
    'get_ipython().enable_gui()',
    'get_ipython().enable_gui(None)',
    'get_ipython().run_line_magic("gui", "")',
    "get_ipython().run_line_magic('matplotlib', 'inline')"
  ])('should see that a loop is ended: %s', code => {
    expect(statementsAboutLoops(code)).toEqual([false]);
  });

  it.each([
    'x = 1',
    '# %matplotlib qt',
    '%matplotlib --list',
    '%matplotlib -l',
    'print(y %gui)',
    'def enable_gui(gui="qt"):\n    pass',
    '%%bash\n%matplotlib qt',
    '%%writefile a.py\nimport napari',
    'gui = 1',
    'import matplotlib.pyplot as plt',
    "matplotlib.use('agg')",
    "os.environ['MPLBACKEND'] = 'module://ipympl.backend_nbagg'",
    'import napari_like',
    'from PyQt5 import QtWidgets',
    'import pyqtgraph as pg',
    'from mayavi import mlab',
    '%qtconsole',
    'x = 1 %2'
  ])('should see that nothing is said about a loop: %s', code => {
    expect(statementsAboutLoops(code)).toEqual([]);
  });
});

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
