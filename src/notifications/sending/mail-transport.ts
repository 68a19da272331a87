import { createTransport } from 'nodemailer';
import type { MailConfig } from '../../config/mail-config.js';

/**
 * A new connection for each mail. The server is the operator's, so its address is not guarded as those that people type.
 * @param timeoutMs how long it may take to connect, to greet, and to answer each command
 */
export const mailTransport = ({ host, port, isSecure, auth }: MailConfig, timeoutMs: number) =>
  createTransport({
    ...{ host, port, secure: isSecure, ...(auth && { auth }) },
    ...{ connectionTimeout: timeoutMs, dnsTimeout: timeoutMs },
    ...{ greetingTimeout: timeoutMs, socketTimeout: timeoutMs, socketCloseTimeout: 0 },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
