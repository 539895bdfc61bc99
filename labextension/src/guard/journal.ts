/**
 * What the guard has done, in words.
 */

import type { ILogger, LogLevel } from '@jupyterlab/logconsole';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { GuardEvent, IRescues, IRun, LeftReason } from './tokens';

/**
 * Longest part of a cell's first line that is quoted.
 */
const QUOTE_LENGTH = 60;

/**
 * Write what happened to the log console. What happens with every *Run All* is a warning
 * the first time only, since JupyterLab flashes for warnings.
 */
export function writeLog(
  logger: ILogger,
  event: GuardEvent,
  trans: TranslationBundle,
  isFirst: boolean
): void {
  const entry = describeEvent(event, trans, isFirst);
  if (entry) {
    const [level, data] = entry;
    logger.log({ type: 'text', level, data });
  }
}

/**
 * Describe what happened; null for what nobody has to know.
 */
export function describeEvent(
  event: GuardEvent,
  trans: TranslationBundle,
  isFirst = true
): [LogLevel, string] | null {
  switch (event.type) {
    case 'woken':
      return [
        isFirst ? 'warning' : 'info',
        trans.__(
          'The kernel left a cell unread for %1 s (%2). A harmless request woke it, and the cell ran. More of this is logged at the level Info.',
          Private.seconds(event.waited),
          Private.quote([event.run])
        )
      ];
    case 'unanswered':
      return [
        'warning',
        trans.__(
          'The kernel has not begun a cell for %1 s (%2), and requests do not wake it. If a dialog of one of its windows is open, close it; else interrupt or restart the kernel.',
          Private.seconds(event.waited),
          Private.quote([event.run])
        )
      ];
    case 'settled':
      return [
        'info',
        trans.__(
          'After an error a harmless request was sent to the kernel, so that it does not abort the next cell.'
        )
      ];
    case 'aborted':
      return [
        'warning',
        trans.__(
          'The kernel aborted what was started after an error (%1), so it was run again.',
          Private.quote(event.runs)
        )
      ];
    case 'left':
      return [
        'warning',
        trans.__(
          'The kernel aborted what was started after an error (%1). It was not run again: %2. Run it yourself if it should run.',
          Private.quote(event.runs),
          Private.explain(event.why, trans)
        )
      ];
    case 'reset':
      return null;
  }
}

/**
 * Describe all that was done for a kernel.
 */
export function describeRescues(
  rescues: IRescues,
  trans: TranslationBundle
): string {
  const { left, repeated, settled, woken } = rescues;
  const lines = [
    woken &&
      trans._n(
        'The kernel left %1 cell unread, which was woken.',
        'The kernel left %1 cells unread, which were woken.',
        woken
      ),
    settled &&
      trans._n(
        'After %1 error a harmless request was sent to the kernel, so that it does not abort the next cell.',
        'After %1 errors a harmless request was sent to the kernel, so that it does not abort the next cell.',
        settled
      ),
    repeated &&
      trans._n(
        'The kernel aborted %1 cell by mistake after an error, which was run again.',
        'The kernel aborted %1 cells by mistake after an error, which were run again.',
        repeated
      ),
    left &&
      trans._n(
        'The kernel aborted %1 cell by mistake after an error, which was not run again.',
        'The kernel aborted %1 cells by mistake after an error, which were not run again.',
        left
      ),
    trans.__(
      'This comes from the GUI event loop in the kernel. Click to see what to do; the log console has details.'
    )
  ];
  return lines.filter(line => line).join('\n');
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  export function seconds(milliseconds: number): string {
    return (milliseconds / 1000).toFixed(1);
  }

  /**
   * The first line of the first run, and how many follow.
   */
  export function quote(runs: readonly IRun[]): string {
    const [first] = runs[0].code.trim().split('\n');
    const cut =
      first.length > QUOTE_LENGTH ? `${first.slice(0, QUOTE_LENGTH)}…` : first;
    return runs.length > 1 ? `${cut}, +${runs.length - 1}` : cut;
  }

  export function explain(why: LeftReason, trans: TranslationBundle): string {
    switch (why) {
      case 'later-cells-ran':
        return trans.__('cells that were started after it have run already');
      case 'aborted-again':
        return trans.__('the kernel aborted it twice');
      case 'in-console':
        return trans.__('the guard does so in notebooks only');
      case 'changed':
        return trans.__('it was changed, run or removed meanwhile');
    }
  }
}
