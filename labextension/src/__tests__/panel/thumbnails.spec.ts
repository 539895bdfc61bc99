import { Signal } from '@lumino/signaling';

import { Thumbnails } from '../../panel/thumbnails';
import type { IWindowModel, IWindowsModel } from '../../tokens';
import { makeWindow } from '../fakes';

/**
 * A list of windows that records which pictures are asked for.
 */
class FakeModel {
  readonly asked: number[] = [];
  readonly changed = new Signal<this, void>(this);
  fails = false;
  windows: IWindowModel[] = [makeWindow({ revision: 1 })];

  async getThumbnail(window: IWindowModel): Promise<Blob> {
    this.asked.push(window.revision);
    if (this.fails) {
      throw new Error('no picture');
    }
    return new Blob([`${window.revision}`]);
  }

  update(revision: number): void {
    this.windows = [makeWindow({ revision })];
    this.changed.emit();
  }
}

describe('Thumbnails', () => {
  let model: FakeModel;
  let thumbnails: Thumbnails;

  beforeEach(() => {
    jest.useFakeTimers();
    model = new FakeModel();
    thumbnails = new Thumbnails({
      interval: 1000,
      model: model as unknown as IWindowsModel
    });
  });

  afterEach(() => {
    thumbnails.dispose();
    jest.useRealTimers();
  });

  it('should fetch nothing while nobody looks', async () => {
    model.update(2);
    await jest.advanceTimersByTimeAsync(5000);

    expect(model.asked).toEqual([]);
  });

  it('should show a picture of each window once active', async () => {
    thumbnails.isActive = true;
    await jest.advanceTimersByTimeAsync(0);

    expect(thumbnails.get('w1')).toMatch(/^blob:/);
    expect(thumbnails.get('unknown')).toBe('');
  });

  it('should fetch at most one picture per interval, the newest', async () => {
    thumbnails.isActive = true;
    for (let revision = 2; revision <= 21; revision++) {
      model.update(revision);
      await jest.advanceTimersByTimeAsync(100);
    }
    await jest.advanceTimersByTimeAsync(5000);

    expect(model.asked).toEqual([1, 11, 21]);
  });

  it('should give up on a picture that cannot be had', async () => {
    model.fails = true;
    thumbnails.isActive = true;
    await jest.advanceTimersByTimeAsync(10000);

    expect(model.asked).toEqual([1, 1, 1]);
  });

  it('should revoke pictures that are replaced or closed', async () => {
    const revoke = jest.spyOn(URL, 'revokeObjectURL');
    thumbnails.isActive = true;
    await jest.advanceTimersByTimeAsync(0);
    const first = thumbnails.get('w1');

    model.update(2);
    await jest.advanceTimersByTimeAsync(1000);
    const second = thumbnails.get('w1');
    model.windows = [];
    model.changed.emit();

    expect(revoke.mock.calls).toEqual([[first], [second]]);
    expect(thumbnails.get('w1')).toBe('');
  });
});
