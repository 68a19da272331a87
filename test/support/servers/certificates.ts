import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = (...args: string[]) => promisify(execFile)('openssl', args);

/** Paths of PEM files. */
export interface ServerCertificate {
  key: string;
  certificate: string;
}

/** A certificate authority of one's own, in a folder of the test run. */
export class CertificateAuthority {
  private constructor(
    private readonly folder: string,
    /** The path of the PEM file that clients trust. */
    readonly path: string,
  ) {}

  static async create(): Promise<CertificateAuthority> {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-certificates-'));
    const path = join(folder, 'ca.pem');
    const subject = ['-subj', '/CN=Test authority', '-days', '2'];
    await openssl('req', '-x509', ...newKey(join(folder, 'ca.key')), ...subject, '-out', path);
    return new CertificateAuthority(folder, path);
  }

  /** @param names as in an X.509 extension: `DNS:localhost,IP:127.0.0.1` */
  async issue(names: string): Promise<ServerCertificate> {
    const [key, request] = [join(this.folder, 'server.key'), join(this.folder, 'server.csr')];
    const [certificate, extensions] = [join(this.folder, 'server.pem'), join(this.folder, 'names')];
    await openssl('req', ...newKey(key), '-subj', '/CN=Test server', '-out', request);
    await writeFile(extensions, `subjectAltName=${names}\n`);
    const signer = ['-CA', this.path, '-CAkey', join(this.folder, 'ca.key'), '-CAcreateserial'];
    const what = ['-in', request, '-extfile', extensions, '-days', '2', '-out', certificate];
    await openssl('x509', '-req', ...signer, ...what);
    return { key, certificate };
  }
}

const newKey = (path: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', path];
