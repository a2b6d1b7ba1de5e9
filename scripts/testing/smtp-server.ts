import { createServer, type Socket } from "node:net";

/** A mail server on a free port that takes everything and keeps it; `refuse` makes it answer 554 to every mail. */
export class SmtpServer {
  readonly mails: { from: string; to: string[]; data: string }[] = [];
  refuse = false;
  private readonly server = createServer((socket) => this.talk(socket));

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    const address = this.server.address();
    return `smtp://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  }

  close(): Promise<void> {
    return new Promise((done) => this.server.close(() => done()));
  }

  private talk(socket: Socket) {
    let mail = { from: "", to: [] as string[], data: "" };
    let rest = "";
    let inData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string) => {
      if (inData) {
        if (line !== ".") {
          mail.data += `${line.replace(/^\./, "")}\n`;
          return;
        }
        inData = false;
        this.mails.push(mail);
        mail = { from: "", to: [], data: "" };
        return say("250 kept");
      }
      const path = /<(.*)>/.exec(line)?.[1] ?? "";
      if (/^QUIT/i.test(line)) return socket.end("221 bye\r\n");
      if (/^MAIL/i.test(line)) {
        if (this.refuse) return say(`554 no mail from ${path} here`);
        mail.from = path;
      }
      if (/^RCPT/i.test(line)) mail.to.push(path);
      inData = /^DATA/i.test(line);
      say(inData ? "354 go on" : "250 ok");
    };
    say("220 test");
    socket.setEncoding("utf8").on("error", () => undefined);
    socket.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) hear(line);
    });
  }
}
