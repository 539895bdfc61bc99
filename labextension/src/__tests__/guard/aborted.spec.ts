import { AbortedRuns } from '../../guard/aborted';
import type { AbortedEvent } from '../../guard/aborted';
import { readMessage } from '../../guard/messages';
import {
  BURST_AFTER_ERROR,
  ERROR_IN_THE_MIDDLE,
  LONG_CELL,
  LOST,
  NEXT_CELL_ABORTED,
  parseRecording
} from './recordings';

describe('AbortedRuns', () => {
  let runs: AbortedRuns;
  let events: AbortedEvent[];

  beforeEach(() => {
    runs = new AbortedRuns();
    events = [];
  });

  function play(recording: string): void {
    for (const { args } of parseRecording(recording)) {
      const event = readMessage(args);
      const found = event && runs.take(event);
      if (found) {
        events.push(found);
      }
    }
  }

  /** Cells by the request, with the same id. */
  function send(...ids: string[]): void {
    ids.forEach(id => {
      runs.take({ type: 'sent', id, cellId: `cell-${id}`, code: id });
    });
  }

  function reply(id: string, status: 'ok' | 'error' | 'aborted'): void {
    const found = runs.take({ type: 'replied', parent: id, status });
    if (found) {
      events.push(found);
    }
  }

  function codes(): string[][] {
    return events.map(event => event.runs.map(run => run.code));
  }

  it('should find the cell that a recorded kernel aborted after an error', () => {
    play(NEXT_CELL_ABORTED);

    expect(events).toHaveLength(1);
    expect(events[0].type).toBe('aborted');
    expect(events[0].runs).toMatchObject([
      { id: 'r2', cellId: 'cell2', code: 'b = 2' }
    ]);
  });

  it('should leave what is behind an error in a recorded Run All', () => {
    play(ERROR_IN_THE_MIDDLE);

    expect(events).toEqual([]);
  });

  it('should leave a cell alone when later ones have run in a recording', () => {
    play(BURST_AFTER_ERROR);

    expect(events).toMatchObject([
      { type: 'left', why: 'later-cells-ran', runs: [{ code: 'b = 2' }] }
    ]);
  });

  it.each([LOST, LONG_CELL])(
    'should find nothing where nothing failed',
    log => {
      play(log);

      expect(events).toEqual([]);
    }
  );

  it('should find several cells that were all aborted, in order', () => {
    send('bad');
    reply('bad', 'error');

    send('a', 'b');
    reply('a', 'aborted');
    expect(events).toEqual([]);
    reply('b', 'aborted');

    expect(events[0].type).toBe('aborted');
    expect(codes()).toEqual([['a', 'b']]);
  });

  it('should tell those that were sent before the error was known', () => {
    send('bad', 'queued');
    runs.take({ type: 'failed', parent: 'bad' });
    send('typed-ahead');
    reply('bad', 'error');
    send('next');
    ['queued', 'typed-ahead', 'next'].forEach(id => reply(id, 'aborted'));

    expect(codes()).toEqual([['next']]);
  });

  it('should respect the error of another client', () => {
    send('queued');
    runs.take({ type: 'failed', parent: 'foreign' });
    send('next');
    reply('queued', 'aborted');
    reply('next', 'aborted');

    expect(codes()).toEqual([['next']]);
  });

  it('should not ask for a cell twice', () => {
    send('bad');
    reply('bad', 'error');
    send('a');
    reply('a', 'aborted');
    runs.expect(events[0].runs);

    send('a');
    reply('a', 'aborted');

    expect(events.map(event => event.type)).toEqual(['aborted', 'left']);
    expect(events[1]).toMatchObject({ why: 'aborted-again' });

    // The user may run it any time later.
    send('bad');
    reply('bad', 'error');
    send('a');
    reply('a', 'aborted');
    expect(events[2].type).toBe('aborted');
  });

  it('should not count code that extensions run for themselves', () => {
    send('bad');
    reply('bad', 'error');
    send('a');
    runs.take({ type: 'sent', id: 'own', cellId: null, code: 'dir()' });
    reply('a', 'aborted');
    reply('own', 'ok');

    expect(events[0].type).toBe('aborted');
    expect(codes()).toEqual([['a']]);
  });

  it('should forget everything with the kernel', () => {
    send('bad');
    reply('bad', 'error');
    send('a', 'b');
    reply('a', 'aborted');

    runs.reset();
    reply('b', 'aborted');

    expect(events).toEqual([]);
  });
});
