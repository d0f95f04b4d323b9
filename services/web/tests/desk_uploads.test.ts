import { describe, expect, it } from 'vitest';
import { ApiError, problemFrom } from '../src/shared/api';
import { faultOfFile, formOf, paper_types, sha256Of, upload, type StoredFile, type Transport } from '../src/desk/uploads';

const piece = 4;
const content = 'abcdefghij';
const refusal = (status: number, code: string): ApiError => new ApiError('refused', problemFrom(status, { type: `urn:shanhai:problem:${code}` }, null));

/** The services, and a network that loses what `trouble` says: before or after it arrived. */
class Network implements Transport {
  kept = '';
  calls: string[] = [];
  pauses = 0;
  stored = false;
  constructor(private readonly trouble: (call: number) => 'lost-request' | 'lost-answer' | ApiError | null = () => null, private readonly verdict: StoredFile['state'] = 'STORED') {}

  private file(): StoredFile {
    const complete = this.kept.length === content.length;
    return {
      id: 7, name: 'a.pdf', media_type: 'application/pdf', size_bytes: content.length, sha256: '', received_bytes: this.kept.length, piece_bytes_max: piece,
      state: complete ? this.verdict : 'RECEIVING', refusal: complete && this.verdict === 'REFUSED' ? { code: 'not-readable', detail: '' } : null, forms: [],
    };
  }
  announce = async (): Promise<StoredFile> => this.file();
  status = async (): Promise<StoredFile> => {
    this.calls.push('status');
    return this.file();
  };
  append = async (_id: number, offset: number, part: Blob): Promise<StoredFile> => {
    const text = await part.text();
    this.calls.push(`${offset}:${text}`);
    const trouble = this.trouble(this.calls.filter((one) => one !== 'status').length);
    if (trouble instanceof ApiError) throw trouble;
    if (trouble === 'lost-request') throw new ApiError('offline');
    if (offset !== this.kept.length) throw refusal(409, 'upload-offset-mismatch');
    this.kept += text;
    if (trouble === 'lost-answer') throw new ApiError('timeout');
    return this.file();
  };
  pause = async (): Promise<void> => {
    this.pauses += 1;
  };
}
const file = (): File => new File([content], 'a.pdf', { type: 'application/pdf' });

describe('a file', () => {
  it('goes in pieces, and says how far it is', async () => {
    const network = new Network();
    const told: number[] = [];
    expect((await upload(file(), network, (n) => told.push(n))).state).toBe('STORED');
    expect(network.calls).toEqual(['0:abcd', '4:efgh', '8:ij']);
    expect(told).toEqual([0, 4, 8, 10]);
  });
  it('loses a piece to the network, and sends it again', async () => {
    const network = new Network((call) => (call === 2 ? 'lost-request' : null));
    await upload(file(), network);
    expect(network.calls).toEqual(['0:abcd', '4:efgh', 'status', '4:efgh', '8:ij']);
    expect(network.kept).toBe(content);
  });
  it('loses an answer, and sends nothing twice', async () => {
    const network = new Network((call) => (call === 2 ? 'lost-answer' : null));
    await upload(file(), network);
    expect(network.calls).toEqual(['0:abcd', '4:efgh', 'status', '8:ij']);
    expect(network.kept).toBe(content);
  });
  it('goes on where another try of it stopped', async () => {
    const network = new Network();
    network.kept = 'abcd';
    await upload(file(), network);
    expect(network.calls).toEqual(['4:efgh', '8:ij']);
  });
  it('is not sent when it is there already', async () => {
    const network = new Network();
    network.kept = content;
    expect((await upload(file(), network)).state).toBe('STORED');
    expect(network.calls).toEqual([]);
  });
  it('waits while the services are busy looking at it', async () => {
    const network = new Network((call) => (call === 1 ? refusal(503, 'pictures-busy') : null));
    await upload(file(), network);
    expect(network.pauses).toBe(1);
  });
  it('is given back with the reason when it is refused', async () => {
    expect((await upload(file(), new Network(() => null, 'REFUSED'))).refusal?.code).toBe('not-readable');
  });
  it('asks a person after many tries, and at once about what will not pass', async () => {
    await expect(upload(file(), new Network(() => 'lost-request'))).rejects.toMatchObject({ failure: 'offline' });
    const network = new Network(() => refusal(422, 'upload-too-long'));
    await expect(upload(file(), network)).rejects.toMatchObject({ code: 'upload-too-long' });
    expect(network.pauses).toBe(0);
  });
});

it('what is no paper, empty or too large is told before it is sent', () => {
  expect(faultOfFile({ type: 'application/pdf', size: 1 }, paper_types)).toBeNull();
  expect(faultOfFile({ type: 'text/plain', size: 1 }, paper_types)).toBe('type');
  expect(faultOfFile({ type: 'image/png', size: 0 }, paper_types)).toBe('empty');
  expect(faultOfFile({ type: 'image/png', size: 40 * 1024 * 1024 }, paper_types)).toBe('size');
});

it('the digest is that of all the bytes', async () => {
  expect(await sha256Of(new Blob(['abc']))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('the smallest form that is wide enough is shown, WebP first', () => {
  const form = (width: number, media_type = 'image/webp') => ({ form: `${width}`, media_type, width, height: 1, size_bytes: 1, href: `/${width}` });
  const stored = { forms: [form(1600), form(400), form(800), form(320, 'image/jpeg')] } as unknown as StoredFile;
  expect(formOf(stored, 500)?.width).toBe(800);
  expect(formOf(stored, 5000)?.width).toBe(1600);
  expect(formOf(null, 1)).toBeNull();
  expect(formOf({ forms: [form(0, 'application/pdf')] } as unknown as StoredFile, 1)).toBeNull();
});
