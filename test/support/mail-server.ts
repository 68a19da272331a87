import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** What a mail server took. */
export interface Mail {
  from: string;
  to: string[];
  /** In lower case; of one that came twice, the last. */
  headers: Record<string, string>;
  text: string;
}

/** A refusal by the server. */
export const refusal = (code: number, words: string) =>
  Object.assign(new Error(words), { responseCode: code });

interface Handlers {
  /** Called for each recipient; undefined to accept it. */
  recipient: (address: string) => Error | undefined | Promise<Error | undefined>;
  /** Called when the content of a mail begins to come. */
  begin: () => void;
  /** Called with each whole mail; undefined to accept it. */
  data: (mail: Mail) => Error | undefined | Promise<Error | undefined>;
}

const accept = () => undefined;

/** A real SMTP server on loopback. It accepts everything until a test says otherwise. */
export class MailServer {
  /** What it accepted. */
  readonly mails: Mail[] = [];
  readonly handlers: Handlers = { recipient: accept, begin: accept, data: accept };

  private constructor(
    readonly url: string,
    private readonly server: SMTPServer,
  ) {}

  static async start(options: SMTPServerOptions = {}): Promise<MailServer> {
    const server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, closeTimeout: 0 },
      onRcptTo: ({ address }, _, done) => void answer(mails.handlers.recipient(address), done),
      onData: (stream, { envelope }, done) => {
        const parts: Buffer[] = [];
        mails.handlers.begin();
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => void mails.take(envelope, Buffer.concat(parts).toString(), done));
      },
      ...options,
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    const mails = new MailServer(`smtp://127.0.0.1:${port}`, server);
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    return mails;
  }

  /** What Rollcall needs to send to it. */
  get env() {
    return { SMTP_URL: this.url, MAIL_FROM: 'Rollcall <rollcall@example.org>' };
  }

  get ids(): (string | undefined)[] {
    return this.mails.map(({ headers }) => headers['message-id']);
  }

  /** Ends all connections, wherever they are. */
  drop(): void {
    for (const connection of this.server.connections) connection.close();
  }

  private async take(
    { mailFrom, rcptTo }: { mailFrom: false | { address: string }; rcptTo: { address: string }[] },
    source: string,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const [head = '', ...rest] = source.split('\r\n\r\n');
    const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
    const headers = lines.map((line) => {
      const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
      return [name.toLowerCase(), value] as const;
    });
    const mail = {
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => address),
      ...{ headers: Object.fromEntries(headers), text: rest.join('\r\n\r\n') },
    };
    const refused = await this.handlers.data(mail);
    if (!refused) this.mails.push(mail);
    done(refused);
  }
}

async function answer(
  refused: Error | undefined | Promise<Error | undefined>,
  done: (error?: Error | null) => void,
): Promise<void> {
  done(await refused);
}
