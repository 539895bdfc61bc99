import { importsGuiLibrary, statementsAboutLoops } from '../../guard/loops';

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
    '%env MPLBACKEND=qtagg'
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
    '%matplotlib livewindows',
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
    'import napari',
    'import pyqtgraph as pg',
    '%qtconsole',
    'x = 1 %2'
  ])('should see that nothing is said about a loop: %s', code => {
    expect(statementsAboutLoops(code)).toEqual([]);
  });
});

describe('importsGuiLibrary', () => {
  it.each([
    'import napari',
    'from napari.layers import Image',
    'import numpy as np, napari',
    'from pyvistaqt import BackgroundPlotter',
    '%matplotlib inline\nimport napari',
    'try:\n    import napari\nexcept ImportError: pass'
  ])('should see a library that starts the loop itself: %s', code => {
    expect(importsGuiLibrary(code)).toBe(true);
  });

  it.each([
    '%matplotlib qt',
    '# import napari',
    '%%writefile a.py\nimport napari',
    'import napari_like',
    'from PyQt5 import QtWidgets',
    'import pyqtgraph as pg',
    'from mayavi import mlab'
  ])('should see none in: %s', code => {
    expect(importsGuiLibrary(code)).toBe(false);
  });
});
