import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { ApiError } from '../src/shared/api';
import type { StoredFile, Transport } from '../src/shared/uploads';
import { draftOf, object, papers_max, type Paper } from '../src/shop/notices';
import { usePapers } from '../src/shop/papers';

const paper = (n: number) => new File([`paper ${n}`], `${n}.pdf`, { type: 'application/pdf' });
const words = { fault: ({ type }: File) => (type === 'text/plain' ? 'no paper' : null), refusal: (code: string) => code, failure: (error: ApiError) => error.code };

/** Services that take every paper while the network is there. */
function field() {
  const papers = ref<Paper[]>([]);
  const network = { there: true };
  const transport = { announce: async (file: Paper) => {
    if (!network.there) throw new ApiError('offline');
    return { ...file, state: 'STORED', received_bytes: file.size_bytes } as unknown as StoredFile;
  } } as unknown as Transport;
  return { papers, network, ...usePapers(papers, () => transport, words) };
}

describe('the papers of an objection', () => {
  it('tell how many of those that were chosen found no room, until one is taken out', async () => {
    const { papers, room, left_out, halt, choose, remove } = field();
    choose([1, 2, 3, 4, 5].map(paper));
    expect(left_out.value).toBe(2);
    await vi.waitFor(() => expect(halt.value).toBeNull());
    expect(papers.value.map((one) => one.name).sort()).toEqual(['1.pdf', '2.pdf', '3.pdf']); // They arrive as they arrive.
    expect([room.value, left_out.value]).toEqual([0, 2]);
    remove(papers.value[0]!);
    expect([room.value, left_out.value]).toEqual([1, 0]);
  });

  it('hold the objection while one is on its way, and when it did not arrive, until it is there', async () => {
    const { papers, sending, network, halt, choose, send } = field();
    network.there = false;
    choose([paper(1)]);
    expect(halt.value).toBe('coming');
    await vi.waitFor(() => expect(halt.value).toBe('failed'));
    expect(sending.value[0]).toMatchObject({ complaint: 'offline', again: true });
    network.there = true;
    await send(sending.value[0]!);
    expect([halt.value, papers.value.length]).toEqual([null, 1]);
  });

  it('hold it also for one that is never taken, until it is taken out', () => {
    const { sending, room, halt, choose, drop } = field();
    choose([new File(['x'], 'x.txt', { type: 'text/plain' })]);
    expect([halt.value, room.value]).toEqual(['failed', papers_max - 1]);
    drop(sending.value[0]!.key);
    expect([halt.value, room.value]).toEqual([null, papers_max]);
  });
});

describe('an objection', () => {
  const shelf = new Map<string, string>();
  const sent: { key: string | undefined; body: unknown }[] = [];
  let answer: () => Response;
  beforeEach(() => {
    shelf.clear();
    sent.length = 0;
    vi.stubGlobal('sessionStorage', { getItem: (key: string) => shelf.get(key) ?? null, setItem: (key: string, value: string) => void shelf.set(key, value), removeItem: (key: string) => void shelf.delete(key) });
    vi.stubGlobal('fetch', async (_: string, options: { headers: Record<string, string>; body: string }) => {
      sent.push({ key: options.headers['Upload-Access-Token'], body: JSON.parse(options.body) });
      return answer();
    });
  });
  afterEach(() => vi.unstubAllGlobals());
  const lost = (): Response => {
    throw new TypeError('network');
  };
  const refused = () => new Response('{"type":"urn:shanhai:problem:objections-full"}', { status: 409 });
  const taken = (status: number) => () => new Response('{"objection_id":1}', { status });

  it.each([200, 201])('without papers has a key too, the same until the services answer %d', async (status) => {
    for (answer of [lost, refused]) await expect(object('1', '不是本县的笋。', [])).rejects.toBeInstanceOf(ApiError);
    answer = taken(status);
    await object('1', '不是本县的笋。', []);
    await object('1', '不是本县的笋。', []);
    const keys = sent.map(({ key }) => key);
    expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(keys.slice(1, 3)).toEqual([keys[0], keys[0]]);
    expect(keys[3]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(keys[3]).not.toBe(keys[0]);
    expect(sent[0]?.body).toEqual({ text: '不是本县的笋。' });
  });

  it('goes with the key that its papers were handed in with', async () => {
    const key = draftOf('1').key();
    answer = taken(201);
    await object('1', '不是本县的笋。', [{ name: '收购单.pdf', size_bytes: 3, sha256: 'ab' }]);
    expect(sent).toEqual([{ key, body: { text: '不是本县的笋。', files: ['ab'] } }]);
  });

  it('of another notice has another key', () => {
    expect(draftOf('1').key()).not.toBe(draftOf('2').key());
  });
});
