import * as api from '../api';
import { FakeServer, makeHost } from './fakes';

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
