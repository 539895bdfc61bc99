import * as api from '../api';
import { FakeServer, makeHost, makeWindow } from './fakes';

describe('isWindowModel()', () => {
  it('should accept a window of the server', () => {
    expect(api.isWindowModel(makeWindow())).toBe(true);
  });

  it('should accept fields of a newer server', () => {
    expect(api.isWindowModel({ ...makeWindow(), on_top: true })).toBe(true);
  });

  it.each([
    ['no object', null],
    ['a missing title', { ...makeWindow(), title: undefined }],
    ['an id that is no string', { ...makeWindow(), id: 1 }],
    ['an unknown state', { ...makeWindow(), state: 'sleeping' }],
    ['an unknown kernel', { ...makeWindow(), kernel: 'asleep' }],
    ['an unknown transfer', { ...makeWindow(), transfer: 'fax' }]
  ])('should reject %s', (_, value) => {
    expect(api.isWindowModel(value)).toBe(false);
  });
});

describe('isHostModel()', () => {
  it('should accept a host that has no process', () => {
    expect(api.isHostModel(makeHost({ pid: null, state: 'stopped' }))).toBe(
      true
    );
  });

  it('should reject an unknown state', () => {
    expect(api.isHostModel({ ...makeHost(), state: 'tired' })).toBe(false);
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

    const parsed = events.map(item => api.parseEvent(JSON.stringify(item)));

    expect(parsed).toEqual(events);
  });

  it('should drop a malformed window of a snapshot and keep the others', () => {
    const window = makeWindow();
    const snapshot = { event: 'Snapshot', windows: [{}, window] };

    const parsed = api.parseEvent(
      JSON.stringify({ ...snapshot, host: makeHost() })
    );

    expect(parsed).toMatchObject({ windows: [window] });
  });

  it.each(['{', 'null', '{"event": "Future"}', '{"event": "WindowClosed"}'])(
    'should ignore %s',
    text => {
      expect(api.parseEvent(text)).toBeNull();
    }
  );
});

describe('eventsUrl()', () => {
  it('should append the token only if the settings ask for it', () => {
    const { settings } = new FakeServer();

    const url = 'ws://server/base/jlab-qtwindows/events';
    expect(api.eventsUrl(settings)).toBe(url);
    expect(api.eventsUrl({ ...settings, appendToken: true })).toBe(
      `${url}?token=secret`
    );
  });
});

describe('requests', () => {
  it('should keep an id inside its path segment', async () => {
    const server = new FakeServer();

    await api.raiseWindow(server.settings, '../x?y');

    expect(server.log).toEqual(['POST windows/..%2Fx%3Fy/raise']);
  });

  it('should ask for a thumbnail that the browser may cache', async () => {
    const server = new FakeServer();

    await api.getThumbnail(server.settings, 'w1', 7);

    const { search } = new URL(server.requests[0].url);
    expect(search).toBe('?revision=7&width=160');
  });

  it('should take a window that is gone for closed', async () => {
    const server = new FakeServer();
    const gone = () => new Response('{}', { status: 404 });
    server.answers.set('DELETE windows/w1', gone);

    await expect(
      api.closeWindow(server.settings, 'w1')
    ).resolves.toBeUndefined();
  });

  it("should throw the server's message", async () => {
    const server = new FakeServer();
    const body = JSON.stringify({ message: 'No host', reason: null });
    const failed = () => new Response(body, { status: 503 });
    server.answers.set('POST windows/w1/raise', failed);

    await expect(api.raiseWindow(server.settings, 'w1')).rejects.toThrow(
      'No host'
    );
  });

  it('should ask for a restart', async () => {
    const server = new FakeServer();
    const host = makeHost({ restarts: 1 });
    const answer = () => new Response(JSON.stringify(host));
    server.answers.set('POST host', answer);

    const result = await api.startHost(server.settings, 'restart');

    expect(result).toEqual(host);
    expect(await server.requests[0].json()).toEqual({ action: 'restart' });
  });
});
