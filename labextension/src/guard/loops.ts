/**
 * Whether a GUI event loop may be running in a Python kernel, by the code that it has run.
 *
 * Nothing is asked of the kernel: one that has no such loop gets no message from us.
 */

import { bound } from './bounded';

/**
 * What has been executed, in this order.
 */
export interface IExecuted {
  readonly code: string;
  readonly failed: boolean;
}

/**
 * Follows the executed code of one kernel, as any of its connections tells it.
 *
 * #### Notes
 * The last statement that says something about the loop counts. Code that failed may have
 * stopped before it or after it, so that a loop that it could have started counts, and one
 * that it could have ended does too. A loop that is assumed wrongly costs a few messages,
 * and these only while a request lies unread; one that is overlooked leaves cells waiting.
 * A library that starts the loop itself may do so at any time after its import, whatever
 * was said since, so that its import counts as long as the kernel lives.
 */
export class LoopHistory {
  /**
   * Whether a GUI loop may be running.
   */
  get mayRun(): boolean {
    return this._mayRun || this._library;
  }

  /**
   * Note code that begins to run.
   *
   * @param count - Its number, where that is known.
   */
  began(request: string, code: string, count: number | null = null): void {
    if (this._seen.has(request)) {
      // Another connection has told of it, perhaps of later code as well.
      return;
    }
    if (count === 1) {
      // The first code of a new kernel: what the notebook had executed is gone.
      this.clear();
    }
    this._seen.add(request);
    bound(this._seen);
    this._isLive = true;
    const said = statementsAboutLoops(code);
    this._library = this._library || importsGuiLibrary(code);
    this._last = { request, mayFail: this._mayRun || said.includes(true) };
    this._mayRun = said.pop() ?? this._mayRun;
  }

  /**
   * Note that code has failed.
   */
  failed(request: string): void {
    if (this._last?.request === request) {
      this._mayRun = this._last.mayFail;
    }
  }

  /**
   * Note that the kernel did what only one with a GUI loop does, whatever its code says.
   */
  gaveItselfAway(): void {
    this._mayRun = true;
    this._last = null;
  }

  /**
   * Take over what a notebook shows as executed, unless the kernel itself has told
   * something: that is more certain. Of several notebooks each may have started a loop.
   */
  recall(executed: readonly IExecuted[]): void {
    if (this._isLive) {
      return;
    }
    const shown = new LoopHistory();
    executed.forEach(({ code, failed }, index) => {
      shown.began(`${index}`, code);
      if (failed) {
        shown.failed(`${index}`);
      }
    });
    this._library = this._library || shown._library;
    this._mayRun = this._mayRun || shown._mayRun;
  }

  /**
   * Forget everything: a new kernel runs no loop.
   */
  clear(): void {
    this._isLive = true;
    this._last = null;
    this._library = false;
    this._mayRun = false;
    this._seen.clear();
  }

  private _isLive = false;
  private _last: { request: string; mayFail: boolean } | null = null;
  private _library = false;
  private _mayRun = false;
  private readonly _seen = new Set<string>();
}

/**
 * What code says about GUI loops, in order: true for starting one, false for ending it.
 */
export function statementsAboutLoops(code: string): boolean[] {
  return Private.linesOf(code)
    .map(Private.readLine)
    .filter((said): said is boolean => said !== null);
}

/**
 * Whether code imports a library that starts the loop itself when it opens a window.
 */
export function importsGuiLibrary(code: string): boolean {
  return Private.linesOf(code).some(line => Private.IMPORT.test(line));
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  /**
   * Cell magics whose body is no Python, or is not run in this process.
   */
  const OTHER_LANGUAGE =
    /^\s*%%(?:!|(?:bash|sh|script|system|sx|cmd|perl|ruby|pypy|python[23]?|html|HTML|javascript|js|latex|markdown|svg|SVG|writefile|file)\b)/;

  /**
   * Names of GUI toolkits, of Matplotlib's backends for them, and of modules that hold such
   * a backend. "qtwindows" and "livewindows" are none: they run no loop in the kernel.
   */
  const GUI =
    /(?:^|[./])(?:backend_)?(?:qt\d?|tk|gtk\d?|wx|osx|macosx|pyglet|glut)(?:agg|cairo)?$/i;

  /**
   * `%matplotlib qt`, `%gui tk`, `%pylab`. With the percent sign left out the name of a
   * toolkit must follow, else it is a variable.
   */
  const MAGIC = /(?:^|=)\s*%(matplotlib|pylab|gui)\b(.*)$/;
  const AUTOMAGIC = /^(matplotlib|pylab|gui)\s+(\w+)\s*$/;

  /**
   * The same from Python: `run_line_magic("gui", "qt")`, `magic("gui qt")`.
   */
  const LINE_MAGIC =
    /\.run_line_magic\(\s*(?:magic_name\s*=\s*)?['"](matplotlib|pylab|gui)['"]\s*,\s*(?:line\s*=\s*)?['"]([^'"]*)['"]/;
  const OLD_MAGIC = /\.magic\(\s*['"]%?(matplotlib|pylab|gui)\b([^'"]*)['"]/;
  const ENABLE =
    /\benable_(matplotlib|pylab|gui)\(\s*(?:gui\s*=\s*)?(?:['"]([^'"]*)['"]|None|(?=\)))/;

  /**
   * A backend of Matplotlib set otherwise: pyplot starts its loop, and ends none.
   */
  const BACKEND = [
    /\b(?:matplotlib|mpl)\.use\(\s*(?:backend\s*=\s*)?['"]([^'"]+)['"]/,
    /\bswitch_backend\(\s*['"]([^'"]+)['"]/,
    /\brcParams\[\s*['"]backend['"]\s*\]\s*=\s*['"]([^'"]+)['"]/,
    /\bMPLBACKEND\b['"]?\s*\]?\s*[=,\s]\s*['"]?([^'"\s)]+)/
  ];

  /**
   * Libraries that start the loop of the kernel themselves when a window is opened. Others,
   * such as pyqtgraph and mayavi, want `%gui qt` from the user.
   */
  export const IMPORT =
    /^\s*(?:from\s+(?:napari|pyvistaqt)\b|import\s+(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*(?:napari|pyvistaqt)\b)/;

  /**
   * The lines of Python and magics that are run at once.
   */
  export function linesOf(code: string): string[] {
    return OTHER_LANGUAGE.test(code)
      ? []
      : code.split('\n').filter(line => !/^\s*(?:#|def\b)/.test(line));
  }

  /**
   * Read one line: null if it says nothing about loops.
   */
  export function readLine(line: string): boolean | null {
    for (const pattern of [MAGIC, LINE_MAGIC, OLD_MAGIC, ENABLE]) {
      const found = pattern.exec(line);
      if (found) {
        return readMagic(found[1], found[2] ?? '');
      }
    }
    const bare = AUTOMAGIC.exec(line);
    if (bare) {
      return GUI.test(bare[2]) || (bare[2] === 'inline' ? false : null);
    }
    for (const pattern of BACKEND) {
      const found = pattern.exec(line);
      if (found) {
        return GUI.test(found[1]) || null;
      }
    }
    return null;
  }

  function readMagic(magic: string, line: string): boolean | null {
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    if (words.includes('--list') || words.includes('-l')) {
      return null;
    }
    const name = words.find(word => !word.startsWith('-')) ?? '';
    if (magic !== 'gui' && (name === '' || name === 'auto')) {
      // Matplotlib chooses a GUI if it finds one.
      return true;
    }
    return GUI.test(name);
  }
}
