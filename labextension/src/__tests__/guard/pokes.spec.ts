import { readMessage } from '../../guard/messages';
import type { RunEvent } from '../../guard/messages';
import {
  FIRST_WAIT,
  LONGEST_WAIT,
  MOST_POKES,
  PokeClock,
  WAIT_AFTER_ERROR
} from '../../guard/pokes';
import type { IWoken } from '../../guard/pokes';
import {
  BURST_AFTER_ERROR,
  ERROR_IN_THE_MIDDLE,
  LONG_CELL,
  LOST,
  NEXT_CELL_ABORTED,
  parseRecording
} from './recordings';

/**
 * Play a recording and poke whenever that is due.
 */
function play(
  recording: string,
  clock = new PokeClock()
): { pokes: number[]; woken: IWoken[] } {
  const pokes: number[] = [];
  const woken: IWoken[] = [];
  for (const { args, time } of parseRecording(recording)) {
    while (clock.due !== null && clock.due <= time) {
      const now = clock.due;
      clock.poke(now);
      pokes.push(now);
    }
    const event = readMessage(args);
    const found = event && clock.take(event, time);
    if (found) {
      woken.push(found);
    }
  }
  return { pokes, woken };
}

function sent(id: string): RunEvent {
  return { type: 'sent', id, cellId: `cell-${id}`, code: 'x = 1' };
}

describe('PokeClock', () => {
  it('should poke for a lost request of a recorded Run All, backing off', () => {
    const { pokes, woken } = play(LOST);

    // The last progress came at 303 ms.
    expect(pokes).toEqual([553, 1053, 2053, 4053]);
    expect(woken).toHaveLength(1);
    expect(woken[0].run.code).toBe('d5 = 5');
    expect(woken[0].waited).toBe(4068 - 10);
  });

  it('should not poke while a cell runs', () => {
    const { pokes, woken } = play(LONG_CELL);

    // The cell ended at 1009 ms; the two behind it had been waiting long before.
    expect(pokes).toEqual([1259, 1759, 2759]);
    expect(woken.map(item => item.run.code)).toEqual(['a = 1']);
  });

  it('should not poke within a recorded Run All that an error ends', () => {
    const clock = new PokeClock();

    expect(play(ERROR_IN_THE_MIDDLE, clock).pokes).toEqual([]);

    // Once all is answered the kernel is asked to end its aborting.
    expect(clock.due).toBe(239 + WAIT_AFTER_ERROR);
  });

  it.each([NEXT_CELL_ABORTED, BURST_AFTER_ERROR])(
    'should poke once after an error, before the next cell',
    recording => {
      const { pokes, woken } = play(recording);

      expect(pokes).toHaveLength(1);
      expect(pokes[0]).toBeLessThan(200);
      expect(woken).toEqual([]);
    }
  );

  it('should not poke after errors where the kernel needs none', () => {
    const clock = new PokeClock();
    clock.pokesAfterErrors = false;

    expect(play(NEXT_CELL_ABORTED, clock).pokes).toEqual([]);
  });

  it('should not poke after an error when the next cell has begun', () => {
    const clock = new PokeClock();
    clock.take({ type: 'failed', parent: 'foreign' }, 0);
    expect(clock.due).toBe(WAIT_AFTER_ERROR);

    clock.take({ type: 'began', parent: 'foreign2', code: 'x', count: 2 }, 10);

    expect(clock.due).toBeNull();
  });

  it('should have nothing to wait for while nothing is sent', () => {
    const clock = new PokeClock();

    expect(clock.due).toBeNull();
    clock.take({ type: 'busy', parent: 'foreign' }, 0);
    clock.take({ type: 'idle', parent: 'foreign' }, 5);
    expect(clock.due).toBeNull();
  });

  it('should wait while the request of anybody is being worked on', () => {
    const clock = new PokeClock();
    clock.take(sent('r1'), 0);
    clock.take({ type: 'busy', parent: 'foreign' }, 10);
    clock.take({ type: 'began', parent: 'foreign', code: 'x', count: 2 }, 11);

    expect(clock.due).toBeNull();

    // A comm message that is dealt with meanwhile does not end that.
    clock.take({ type: 'busy', parent: 'comm' }, 20);
    clock.take({ type: 'idle', parent: 'comm' }, 30);
    expect(clock.due).toBeNull();

    clock.take({ type: 'idle', parent: 'foreign' }, 40);
    expect(clock.due).toBe(40 + FIRST_WAIT);
  });

  it('should leave alone a run that has begun and whose reply is on its way', () => {
    const clock = new PokeClock();
    clock.take(sent('r1'), 0);
    clock.take({ type: 'busy', parent: 'r1' }, 1);
    clock.take({ type: 'failed', parent: 'r1' }, 2);
    clock.take({ type: 'idle', parent: 'r1' }, 3);

    expect(clock.lost).toBeNull();
    expect(clock.due).toBeNull();

    clock.take({ type: 'replied', parent: 'r1', status: 'error' }, 4);
    expect(clock.due).toBe(4 + WAIT_AFTER_ERROR);
  });

  it('should start the back-off again after progress', () => {
    const clock = new PokeClock();
    clock.take(sent('r1'), 0);
    clock.take(sent('r2'), 0);
    clock.poke(250);
    clock.poke(750);
    expect(clock.due).toBe(1750);

    clock.take({ type: 'busy', parent: 'r1' }, 1000);
    clock.take({ type: 'idle', parent: 'r1' }, 1001);
    clock.take({ type: 'replied', parent: 'r1', status: 'ok' }, 1002);

    expect(clock.due).toBe(1002 + FIRST_WAIT);
  });

  it('should never poke more often than four times a second', () => {
    const clock = new PokeClock();
    clock.take(sent('r1'), 0);
    clock.poke(250);

    // An error right after a poke.
    clock.take({ type: 'busy', parent: 'r1' }, 260);
    clock.take({ type: 'idle', parent: 'r1' }, 270);
    clock.take({ type: 'replied', parent: 'r1', status: 'error' }, 270);

    expect(clock.due).toBe(500);
  });

  it('should give up after pokes in vain, until there is progress', () => {
    const clock = new PokeClock();
    clock.take(sent('r1'), 0);
    let now = 0;
    let pokes = 0;
    while (clock.due !== null) {
      expect(clock.due - now).toBeLessThanOrEqual(LONGEST_WAIT);
      now = clock.due;
      clock.poke(now);
      pokes += 1;
    }

    expect(pokes).toBe(MOST_POKES);
    expect(clock.isExhausted).toBe(true);
    expect(clock.waited({ id: 'r1', cellId: null, code: '' }, now)).toBe(now);

    clock.take(sent('r2'), now);
    expect(clock.due).toBe(now + FIRST_WAIT);
  });

  it('should forget everything with the kernel', () => {
    const clock = new PokeClock();
    clock.take(sent('r1'), 0);
    clock.take({ type: 'busy', parent: 'foreign' }, 0);
    clock.take({ type: 'failed', parent: 'foreign' }, 0);

    clock.reset();

    expect(clock.due).toBeNull();
    expect(clock.lost).toBeNull();
    clock.take(sent('r2'), 0);
    expect(clock.due).toBe(FIRST_WAIT);
  });

  it('should remember a bounded number of requests', () => {
    const clock = new PokeClock();
    for (let index = 0; index < 5000; index++) {
      clock.take(sent(`r${index}`), 0);
    }

    expect(clock.lost?.id).toBe('r4000');
  });
});
