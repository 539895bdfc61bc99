import { nullTranslator } from '@jupyterlab/translation';

import { describeEvent, describeRescues } from '../../guard/journal';
import { NO_RESCUES } from '../../guard/tokens';
import type { GuardEvent, IRun } from '../../guard/tokens';

const RUN: IRun = { id: 'r1', cellId: 'c1', code: 'b = 2\nprint(b)' };

describe('describeEvent', () => {
  const trans = nullTranslator.load('jlab-qtwindows');

  function say(event: GuardEvent): string {
    return describeEvent(event, trans)?.[1] ?? '';
  }

  it('should name the cell and how long it waited', () => {
    const words = say({ type: 'woken', run: RUN, waited: 1234 });

    expect(words).toContain('1.2 s (b = 2)');
  });

  it('should warn of the first unread cell only', () => {
    const event: GuardEvent = { type: 'woken', run: RUN, waited: 300 };

    expect(describeEvent(event, trans, true)?.[0]).toBe('warning');
    expect(describeEvent(event, trans, false)?.[0]).toBe('info');
  });

  it('should name what to do where nothing helps', () => {
    const words = say({ type: 'unanswered', run: RUN, waited: 35_000 });

    expect(words).toContain('interrupt or restart');
  });

  it('should count the cells behind the first', () => {
    const words = say({ type: 'aborted', runs: [RUN, RUN, RUN] });

    expect(words).toContain('b = 2, +2');
  });

  it('should say why a cell was left alone', () => {
    const runs = [RUN];

    const words = (
      ['later-cells-ran', 'aborted-again', 'changed', 'in-console'] as const
    )
      .map(why => say({ type: 'left', runs, why }))
      .map(sentence => /not run again: (.*)\. Run it/.exec(sentence)?.[1]);

    expect(new Set(words).size).toBe(4);
    expect(words).not.toContain(undefined);
  });

  it('should cut long lines', () => {
    const long = { ...RUN, code: 'x'.repeat(500) };

    const words = say({ type: 'aborted', runs: [long] });

    expect(words.length).toBeLessThan(200);
    expect(words).toContain('…');
  });
});

describe('describeRescues', () => {
  const trans = nullTranslator.load('jlab-qtwindows');

  it('should tell what was done, and nothing else', () => {
    const words = describeRescues(
      { left: 0, repeated: 2, settled: 0, woken: 1 },
      trans
    );

    expect(words).toContain('left 1 cell unread');
    expect(words).toContain('aborted 2 cells by mistake');
    expect(words).not.toContain('not run again');
    expect(words).not.toContain('harmless');
  });

  it.each([
    [1, 'After 1 error a harmless request was sent'],
    [3, 'After 3 errors a harmless request was sent']
  ])('should tell of the requests after %d error(s)', (settled, expected) => {
    const words = describeRescues({ ...NO_RESCUES, settled }, trans);

    expect(words).toContain(expected);
    expect(words).not.toContain('mistake');
  });
});
