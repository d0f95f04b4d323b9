import { describe, expect, it } from 'vitest';
import { applicationLink, areaStanding, blankPapers, bodyOf, faultsOf, keyInHash, missing, papersOf, seenIn } from '../src/desk/people/papers';
import { inGroups, invitationLink, tokenInHash } from '../src/desk/people/team';
import { correctionOf, qrOf } from '../src/desk/people/qr';
import type { Onboarding } from '../src/desk/people/types';

const filled = () => ({
  ...blankPapers(), name: ' 大关县筇竹专业合作社 ', uscc: '9353 0624 ma6k0000 6y', county_code: '530624', bank_reference: '****1234', contact_name: '李明', contact_phone: '13800138000', owner_name: '李明', login: 'li.ming',
});

describe('the papers of a house', () => {
  it('are sent as licences print them', () => {
    expect(bodyOf(filled(), 'bamboo and seven rivers')).toEqual({
      name: '大关县筇竹专业合作社', kind: 'COOPERATIVE', uscc: '93530624MA6K00006Y', county_code: '530624', area_note: null, business_licence: null, business_licence_until: null,
      food_licence: null, food_licence_until: null, bank_reference: '****1234', contact: { name: '李明', phone: '13800138000' }, owner: { name: '李明', login: 'li.ming', password: 'bamboo and seven rivers' },
    });
  });

  it('are corrected without a password when none is typed', () => {
    expect(bodyOf(filled(), '').owner).toEqual({ name: '李明', login: 'li.ming' });
    expect(faultsOf(filled(), null, false)).toEqual({});
  });

  it.each([
    [{ name: '  ' }, '/name'], [{ contact_phone: '' }, '/contact/phone'], [{ uscc: ' ' }, '/uscc'],
  ])('that lack %j are refused before anybody is asked', (changes, place) => {
    expect(faultsOf({ ...filled(), ...changes }, 'bamboo and seven rivers', false)).toEqual({ [place]: missing });
    expect(seenIn({ ...filled(), ...changes }, null), 'but nobody is blamed for a field that they only passed').toEqual({});
  });

  it('ask for a password', () => {
    expect(faultsOf(filled(), '', false)).toEqual({ '/owner/password': missing });
  });

  it('leave out in a correction whom to call, which stays', () => {
    const corrected = { ...filled(), contact_name: '', contact_phone: '', owner_name: ' ' };
    expect(faultsOf(corrected, null, true)).toEqual({});
    expect(bodyOf(corrected, '')).toMatchObject({ contact: { name: null, phone: null }, owner: { name: null, login: 'li.ming' } });
    expect(Object.keys(faultsOf(corrected, null, false))).toEqual(['/contact/name', '/contact/phone', '/owner/name']);
    expect(faultsOf({ ...corrected, bank_reference: '' }, null, true)).toEqual({ '/bank_reference': missing });
  });

  it('come back to be corrected without whom to call', () => {
    const one = { name: '社', kind: 'COMPANY', uscc: 'A', business_licence: 'A', county_code: '530624', bank_reference: 'b', login: 'l' } as Onboarding;
    expect(papersOf(one)).toMatchObject({ name: '社', kind: 'COMPANY', business_licence: '', contact_phone: '', login: 'l' });
    expect(papersOf({ ...one, business_licence: '530624000001' }).business_licence).toBe('530624000001');
  });

  it.each([
    ['530624', 'same'], ['530600', 'prefecture'], ['530100', 'elsewhere'], ['310112', 'elsewhere'], [undefined, 'unknown'],
  ])('whose code names the area %s stand to their county as %s', (area, standing) => {
    expect(areaStanding(area, filled())).toBe(standing);
    expect(areaStanding(area, { ...filled(), kind: 'DISTRIBUTOR' })).toBe('unknown');
  });
});

describe('links', () => {
  it('keep their secret behind the #, and give it back', () => {
    const link = applicationLink('https://shop.example', 7, 'a+b/c=');
    expect(link.split('#')[0]).toBe('https://shop.example/desk/join/7');
    expect(keyInHash(`#${link.split('#')[1]}`)).toBe('a+b/c=');
    expect(tokenInHash(new URL(invitationLink('https://shop.example', 'x-_y')).hash)).toBe('x-_y');
    expect(tokenInHash('')).toBe('');
  });

  it('a secret is read in groups of four', () => {
    expect(inGroups('GEZDGNBVGY3TQO')).toBe('GEZD GNBV GY3T QO');
  });
});

describe('a QR code', () => {
  it('has the correction of the standard’s example', () => {
    // ISO/IEC 18004, "01234567" as 1-M.
    const data = [0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11];
    expect(correctionOf(data, 10)).toEqual([0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55]);
  });

  it.each([[1, 21], [14, 21], [15, 25], [84, 37], [122, 45], [213, 57]])('of %d bytes is %d modules wide', (bytes, size) => {
    const code = qrOf('x'.repeat(bytes))!;
    expect(code).toHaveLength(size);
    for (const row of code) expect(row).toHaveLength(size);
    expect(code[0]!.slice(0, 8)).toEqual([true, true, true, true, true, true, true, false]);
  });

  it('of more than fits is none', () => {
    expect(qrOf('x'.repeat(214))).toBeNull();
  });
});
