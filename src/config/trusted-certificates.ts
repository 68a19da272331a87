import { X509Certificate } from 'node:crypto';
import { readTextFile, UnusableFile } from './text-file.js';

/** In KiB. The bundles of large providers have a few hundred. */
const MAX_BUNDLE_KIB = 2048;

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM file. @throws UnusableFile */
export function readTrustedCertificates(path: string): string {
  const pem = readTextFile(path, MAX_BUNDLE_KIB);
  const found = pem.match(CERTIFICATE) ?? [];
  if (found.length === 0 || !found.every(isCertificate))
    throw new UnusableFile('does not hold certificates in PEM form');
  return pem;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}
