import { describe, expect, it } from 'vitest';
import {
  organizationLogin,
  readOrganizationName,
} from '../../src/github/access/organization-name.js';

const GITHUB = 'https://api.github.com';
const ENTERPRISE = 'https://github.example.com:8443/api/v3';

describe('an organization is understood', () => {
  it.each([
    'acme',
    ' acme\n',
    '@acme',
    'acme/',
    'https://github.com/acme',
    'http://github.com/acme/',
    'HTTPS://GitHub.com/acme?tab=repositories#top',
    'https://www.github.com/acme',
    'https://api.github.com/orgs/acme',
    'github.com/acme',
    'github.com/orgs/acme/people',
    'https://github.com/orgs/acme/people?query=role%3Aowner',
    'https://github.com/organizations/acme/settings/profile',
  ])('from %j', (typed) => expect(organizationLogin(typed, GITHUB)).toBe('acme'));

  it('by its address on an Enterprise Server', () => {
    for (const typed of [
      'https://github.example.com:8443/acme',
      'github.example.com:8443/orgs/acme/people',
      'https://github.com/acme',
    ])
      expect(organizationLogin(typed, ENTERPRISE)).toBe('acme');
  });

  it('with and without www, where the server itself has it', () => {
    for (const typed of ['https://www.git.example.com/acme', 'git.example.com/acme'])
      expect(organizationLogin(typed, 'https://www.git.example.com/api/v3')).toBe('acme');
  });
});

describe('what names no one organization is refused', () => {
  it.each([
    'acme/repository',
    'https://github.com/acme/repository',
    'https://github.com',
    'https://github.com/orgs',
    'https://github.com/settings',
    'https://github.com/enterprises/acme',
    'https://user:password@github.com/acme',
    'https://github.com/%61cme',
    'ftp://github.com/acme',
    '@@acme',
    '@acme/team',
    'acme.inc',
    '../user',
    'a b',
    '-acme',
    'x'.repeat(101),
    '//acme',
    'https://',
  ])('%j', (typed) => {
    expect(readOrganizationName(typed)).toBeUndefined();
    expect(() => organizationLogin(typed, GITHUB)).toThrow(
      expect.objectContaining({ code: 'organization_name_invalid' }),
    );
  });

  it('also where it is empty, or on another server', () => {
    for (const typed of ['', ' '])
      expect(() => organizationLogin(typed, GITHUB)).toThrow(
        expect.objectContaining({ code: 'organization_missing' }),
      );
    expect(() => organizationLogin('https://github.example.com/acme', GITHUB)).toThrow(
      expect.objectContaining({ code: 'organization_elsewhere' }),
    );
  });
});
