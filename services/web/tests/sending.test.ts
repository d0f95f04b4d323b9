import { describe, expect, it, vi } from 'vitest';
import { ApiError, problemFrom } from '../src/shared/api';
import { useSending } from '../src/shared/sending';
import type { StoredFile, Transport } from '../src/shared/uploads';

const refusal = (status: number, code: string): ApiError => new ApiError('refused', problemFrom(status, { type: `urn:shanhai:problem:${code}` }, null));
const stored = { id: 7, received_bytes: 3, state: 'STORED', refusal: null, forms: [] } as unknown as StoredFile;
const paper = new File(['abc'], 'a.pdf', { type: 'application/pdf' });

/** Services that refuse the first announcement in that way, and take the second. */
function sendingTo(error: ApiError) {
  let calls = 0;
  const transport = { announce: async () => {
    calls += 1;
    if (calls === 1) throw error;
    return stored;
  } } as unknown as Transport;
  const arrived = vi.fn();
  return { arrived, ...useSending(() => transport, { fault: () => null, refusal: (code) => code, failure: ({ code }) => code }, arrived) };
}

describe('a file that was refused', () => {
  it.each([
    [409, 'uploads-open', true], [409, 'storage-full', true], [503, 'strangers-storage-full', true], [429, 'quota-exceeded', true],
    [403, 'role-missing', false], [422, 'validation-failed', false], [409, 'upload-complete', false],
  ])('with %d %s may go on: %s', async (status, code, may) => {
    const { sending, take } = sendingTo(refusal(status, code));
    take([paper]);
    await vi.waitFor(() => expect(sending.value).toMatchObject([{ complaint: code, again: may }]));
  });

  it('goes on from its button once there is room', async () => {
    const { sending, take, send, arrived } = sendingTo(refusal(409, 'storage-full'));
    take([paper]);
    await vi.waitFor(() => expect(sending.value[0]?.again).toBe(true));
    await send(sending.value[0]!);
    expect(sending.value).toEqual([]);
    expect(arrived).toHaveBeenCalledWith(stored);
  });
});
