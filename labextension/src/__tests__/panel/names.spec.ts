import { shortNames } from '../../panel/names';

function named(...paths: string[]): string[] {
  const names = shortNames(paths);
  return paths.map(path => names.get(path) ?? '?');
}

describe('shortNames()', () => {
  it('should name a notebook by its file', () => {
    expect(named('/home/u/work.ipynb', '/home/u/other.ipynb')).toEqual([
      'work.ipynb',
      'other.ipynb'
    ]);
  });

  it('should tell files of one name apart by their folders', () => {
    expect(named('/u/a/x.ipynb', '/u/b/x.ipynb', '/v/b/x.ipynb')).toEqual([
      'a/x.ipynb',
      'u/b/x.ipynb',
      'v/b/x.ipynb'
    ]);
  });

  it('should take no file for another whose name ends alike', () => {
    expect(named('/u/x.ipynb', '/u/max.ipynb')).toEqual([
      'x.ipynb',
      'max.ipynb'
    ]);
  });

  it('should keep what is no path', () => {
    expect(named('', 'Console 1', 'x.ipynb', '/x.ipynb')).toEqual([
      '',
      'Console 1',
      'x.ipynb',
      '/x.ipynb'
    ]);
  });
});
