import { EarlyHost } from '../../panel/earlyhost';
import type { IHostModel, IWindowsModel } from '../../tokens';
import { makeHost } from '../fakes';

/**
 * The early host of a model in this state, and its calls.
 */
function makeEarly(host: IHostModel | null): {
  early: EarlyHost;
  startHost: jest.Mock;
} {
  const startHost = jest.fn(() => Promise.reject(new Error('no server')));
  const early = new EarlyHost({ host, startHost } as unknown as IWindowsModel);
  return { early, startHost };
}

describe('EarlyHost', () => {
  it.each([
    '%matplotlib qtwindows',
    'import matplotlib\nmatplotlib.use("qtwindows")',
    '%matplotlib livewindows  # Bluesky',
    "plt.switch_backend('module://x') or 'qtwindows'"
  ])('should start the host with the cell %s', code => {
    const { early, startHost } = makeEarly(makeHost({ state: 'stopped' }));

    early.onCode(code);

    expect(startHost).toHaveBeenCalledTimes(1);
  });

  it.each(['%matplotlib qt', 'import jlab_qtwindows as qtw', '', 'x = 1'])(
    'should not start it with the cell %s',
    code => {
      const { early, startHost } = makeEarly(makeHost({ state: 'stopped' }));

      early.onCode(code);

      expect(startHost).not.toHaveBeenCalled();
    }
  );

  it.each(['starting', 'running', 'failed'] as const)(
    'should leave a host alone that is %s',
    state => {
      const { early, startHost } = makeEarly(makeHost({ state }));

      early.onCode('%matplotlib qtwindows');

      expect(startHost).not.toHaveBeenCalled();
    }
  );

  it('should leave alone what it does not know', () => {
    const { early, startHost } = makeEarly(null);

    early.onCode('%matplotlib qtwindows');

    expect(startHost).not.toHaveBeenCalled();
  });
});
