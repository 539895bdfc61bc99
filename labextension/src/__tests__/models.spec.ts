import * as models from '../models';
import { makeHost, makeWindow } from './fakes';

describe('isWindowModel()', () => {
  it('should accept a window of the server', () => {
    expect(models.isWindowModel(makeWindow())).toBe(true);
  });

  it('should accept fields of a newer server', () => {
    expect(models.isWindowModel({ ...makeWindow(), on_top: true })).toBe(true);
  });

  it.each([
    ['no object', null],
    ['a missing title', { ...makeWindow(), title: undefined }],
    ['an id that is no string', { ...makeWindow(), id: 1 }],
    ['an unknown state', { ...makeWindow(), state: 'sleeping' }],
    ['an unknown kernel', { ...makeWindow(), kernel: 'asleep' }],
    ['an unknown transfer', { ...makeWindow(), transfer: 'fax' }]
  ])('should reject %s', (_, value) => {
    expect(models.isWindowModel(value)).toBe(false);
  });
});

describe('isHostModel()', () => {
  it('should accept a host that has no process', () => {
    expect(models.isHostModel(makeHost({ pid: null, state: 'stopped' }))).toBe(
      true
    );
  });

  it('should reject an unknown state', () => {
    expect(models.isHostModel({ ...makeHost(), state: 'tired' })).toBe(false);
  });
});

describe('parseEvent()', () => {
  it('should read each known event', () => {
    const host = makeHost();
    const window = makeWindow();
    const events = [
      { event: 'Snapshot', windows: [window], host },
      { event: 'WindowOpened', window },
      { event: 'WindowChanged', window },
      { event: 'WindowClosed', id: 'w1' },
      { event: 'HostChanged', host }
    ];

    const parsed = events.map(item => models.parseEvent(JSON.stringify(item)));

    expect(parsed).toEqual(events);
  });

  it('should drop a malformed window of a snapshot and keep the others', () => {
    const window = makeWindow();
    const snapshot = { event: 'Snapshot', windows: [{}, window] };

    const parsed = models.parseEvent(
      JSON.stringify({ ...snapshot, host: makeHost() })
    );

    expect(parsed).toMatchObject({ windows: [window] });
  });

  it.each(['{', 'null', '{"event": "Future"}', '{"event": "WindowClosed"}'])(
    'should ignore %s',
    text => {
      expect(models.parseEvent(text)).toBeNull();
    }
  );
});
