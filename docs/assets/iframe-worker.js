/*
 * Search runs in a Web Worker, and over file:// Chromium refuses `new Worker(file)`.
 * So that the site can be read from a USB stick, a page opened from a file gets this
 * stand-in: an empty hidden frame of the same origin in which the worker's script runs
 * as an ordinary script. It gives as much of a worker's world as the search needs:
 * importScripts, postMessage and "message" events. Over http(s) nothing is replaced.
 */
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      this.onmessage = this.onerror = null;
      this.script = new URL(address, document.baseURI);

      // One end is ours, the other the frame's. A port keeps its messages until it has
      // a listener, so nothing posted before the script has run is lost.
      this.channel = new MessageChannel();
      this.channel.port1.onmessage = ({ data }) =>
        this.emit(new MessageEvent("message", { data }));

      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.title = "站内搜索";
      this.frame.addEventListener("load", () => this.start(), { once: true });
      this.frame.srcdoc = "<!doctype html><title>站内搜索</title>";
      (document.body || document.documentElement).append(this.frame);
    }

    // Lay out the worker's world in the frame, then run the script in it.
    async start() {
      const world = this.frame.contentWindow;
      const port = this.channel.port2;
      const run = (address) => new Promise((done, failed) => {
        const tag = world.document.createElement("script");
        tag.onload = done;
        tag.onerror = () => failed(new Error("无法读取 " + address));
        tag.src = new URL(address, this.script);
        world.document.head.append(tag);
      });
      // A worker's importScripts blocks; ours returns a promise, and scripts run in order.
      world.importScripts = async (...addresses) => {
        for (const address of addresses) await run(address);
      };
      world.postMessage = (data) => port.postMessage(data);
      try {
        await run(this.script);
        port.onmessage = ({ data }) =>
          world.dispatchEvent(new world.MessageEvent("message", { data }));
      } catch (error) {
        this.emit(new ErrorEvent("error", { message: error.message, error }));
      }
    }

    emit(event) {
      this.dispatchEvent(event);
      const handler = this["on" + event.type];
      if (handler) handler.call(this, event);
    }
    postMessage(data) { this.channel.port1.postMessage(data); }
    terminate() { this.channel.port1.close(); this.frame.remove(); }
  };
}

/*
 * The theme cuts a Chinese query by the words its index happens to know, and loses the last of
 * them. Here every character is a word (`separator` in mkdocs.yml), and a page must hold them all.
 */
window.Worker = class extends window.Worker {
  postMessage(message, ...rest) {
    const isQuery = message && message.type === 2 && typeof message.data === "string";
    super.postMessage(isQuery ? { ...message, data: apart(message.data) } : message, ...rest);
  }
};

function apart(query) {
  return query.replace(/"/g, " ").replace(/\p{sc=Han}+/gu, (run) => ` "${[...run].join(" ")}" `);
}
