declare module '*.md' {
  const value: string;
  export default value;
}
