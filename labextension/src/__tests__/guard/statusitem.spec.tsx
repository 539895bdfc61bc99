import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { act } from 'react';

import { GuardStatus } from '../../guard/statusitem';
import { NO_RESCUES } from '../../guard/tokens';
import type { IGuardModel, IRescues } from '../../guard/tokens';

/**
 * What the guard has done, set by hand.
 */
class FakeModel implements IGuardModel {
  readonly changed = new Signal<this, void>(this);
  rescues: IRescues = NO_RESCUES;

  set(rescues: Partial<IRescues>): void {
    this.rescues = { ...NO_RESCUES, ...rescues };
    this.changed.emit();
  }
}

describe('GuardStatus', () => {
  let item: GuardStatus;
  let model: FakeModel;
  let onClick: jest.Mock;

  beforeEach(async () => {
    model = new FakeModel();
    onClick = jest.fn();
    item = new GuardStatus({ model, onClick });
    await act(async () => {
      Widget.attach(item, document.body);
      await item.renderPromise;
    });
  });

  afterEach(() => {
    act(() => item.dispose());
  });

  function button(): HTMLButtonElement {
    return item.node.querySelector('button')!;
  }

  it.each(['left', 'repeated', 'settled', 'woken'] as const)(
    'should count what was done: %s',
    kind => {
      expect(GuardStatus.count(model)).toBe(0);

      act(() => model.set({ [kind]: 2 }));

      expect(GuardStatus.count(model)).toBe(2);
      expect(button().textContent).toBe('2');
      // Besides where it comes from there is one sentence, and that has the number.
      const sentences = button().title.split('\n');
      expect(sentences).toHaveLength(2);
      expect(sentences[0]).toContain('2');
      expect(button().getAttribute('aria-label')).toBe(button().title);
    }
  );

  it('should count all that was done together', () => {
    act(() => model.set({ left: 1, repeated: 2, settled: 4, woken: 8 }));

    expect(button().textContent).toBe('15');
    expect(button().title.split('\n')).toHaveLength(5);
  });

  it('should explain itself when it is chosen', () => {
    act(() => button().click());

    expect(onClick).toHaveBeenCalledTimes(1);
  });
});
