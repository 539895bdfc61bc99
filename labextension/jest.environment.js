const { TestEnvironment } = require('jest-environment-jsdom');

/**
 * jsdom plus what it leaves out: fetch and object URLs as in Node, and stand-ins
 * for what Lumino and the web components touch when they are loaded.
 */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, {
      Blob,
      DragEvent: this.global.MouseEvent,
      fetch,
      Headers,
      matchMedia: () => ({ matches: false }),
      IS_REACT_ACT_ENVIRONMENT: true,
      Request,
      requestIdleCallback: callback => this.global.setTimeout(callback),
      Response,
      TextDecoder,
      TextEncoder
    });
    this.global.URL.createObjectURL = URL.createObjectURL;
    this.global.URL.revokeObjectURL = URL.revokeObjectURL;
  }
};
