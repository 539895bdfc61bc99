import type { RunEvent } from '../../guard/messages';
import { FIRST_WAIT, PokeClock, WAIT_AFTER_ERROR } from '../../guard/pokes';

function sent(id: string): RunEvent {
  return { type: 'sent', id, cellId: `cell-${id}`, code: 'x = 1' };
}

describe('PokeClock of a kernel with other clients', () => {
  it('should not begin to wait anew for what is no code', () => {
    const clock = new PokeClock();
    clock.take(sent('r1'), 0);

    for (let now = 0; now < 200; now += 40) {
      clock.take({ type: 'busy', parent: `comm${now}` }, now + 10);
      expect(clock.due).toBeNull();
      clock.take({ type: 'idle', parent: `comm${now}` }, now + 20);
    }

    // Only the time in which the kernel was busy does not count.
    expect(clock.due).toBe(FIRST_WAIT + 5 * 10);
  });

  it('should back off though a kernel is busy with other things between', () => {
    const clock = new PokeClock();
    clock.take(sent('r1'), 0);
    clock.poke(250);

    clock.take({ type: 'busy', parent: 'comm' }, 300);
    clock.take({ type: 'idle', parent: 'comm' }, 301);

    expect(clock.due).toBe(250 + 2 * FIRST_WAIT + 1);
  });

  it('should wait for a kernel that was busy all the time', () => {
    const clock = new PokeClock();
    clock.take({ type: 'busy', parent: 'comm' }, 0);
    clock.take(sent('r1'), 1);

    clock.take({ type: 'idle', parent: 'comm' }, 10_000);

    expect(clock.due).toBe(10_000 + FIRST_WAIT);
  });

  it('should tell of a woken run though other code ran before it', () => {
    const clock = new PokeClock();
    clock.take(sent('r1'), 0);
    clock.poke(250);

    clock.take({ type: 'began', parent: 'foreign', code: 'x', count: 2 }, 260);

    expect(clock.take({ type: 'busy', parent: 'r1' }, 300)?.waited).toBe(300);
  });

  it('should try again after giving up when the kernel runs code', () => {
    const clock = new PokeClock();
    clock.take(sent('r1'), 0);
    while (clock.due !== null) {
      clock.poke(clock.due);
    }

    clock.take({ type: 'busy', parent: 'comm' }, 50_000);
    clock.take({ type: 'idle', parent: 'comm' }, 50_001);
    expect(clock.due).toBeNull();
    clock.take({ type: 'began', parent: 'other', code: 'x', count: 2 }, 60_000);

    expect(clock.due).toBe(60_000 + FIRST_WAIT);
  });

  it('should share its pace with the other connections to the kernel', () => {
    const pace = { last: -Infinity };
    const [clock, other] = [new PokeClock(pace), new PokeClock(pace)];
    clock.take(sent('r1'), 0);
    other.take(sent('r2'), 50);

    clock.poke(250);

    expect(other.due).toBe(250 + FIRST_WAIT);
  });

  it('should not poke after an error when another connection has', () => {
    const pace = { last: -Infinity };
    const [clock, other] = [new PokeClock(pace), new PokeClock(pace)];
    clock.take({ type: 'failed', parent: 'r1' }, 0);
    other.take({ type: 'failed', parent: 'r1' }, 0);

    clock.poke(WAIT_AFTER_ERROR);

    expect(other.due).toBeNull();
  });
});
