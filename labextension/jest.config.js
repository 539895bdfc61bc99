// Packages published as ES modules, which Jest has to compile.
const esModules = [
  '@jupyter',
  '@jupyterlab',
  '@microsoft',
  '@rjsf',
  'exenv-es6',
  'lib0',
  'nanoid',
  'y-protocols',
  'yjs'
].join('|');

module.exports = {
  moduleNameMapper: {
    '\\.(css|less)$': '<rootDir>/src/__tests__/style.stub.js',
    '\\.svg(\\?.*)?$': '<rootDir>/src/__tests__/svg.stub.js'
  },
  testEnvironment: '<rootDir>/jest.environment.js',
  testRegex: 'src/__tests__/.*\\.spec\\.tsx?$',
  transform: { '\\.[jt]sx?$': 'babel-jest' },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules}))`]
};
