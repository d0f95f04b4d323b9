/** The papers of an objection that is being written: those that are there, and those on their way. */

import { computed, ref, type Ref } from 'vue';
import { useSending, type SendingWords } from '../shared/sending';
import type { Transport } from '../shared/uploads';
import { papers_max, type Paper } from './notices';

export function usePapers(papers: Ref<Paper[]>, transport: () => Transport, words: SendingWords) {
  const { sending, take, send, drop: forget } = useSending(transport, words, ({ name, size_bytes, sha256 }) => {
    papers.value = [...papers.value.filter((one) => one.sha256 !== sha256), { name, size_bytes, sha256 }];
  });
  const room = computed(() => Math.max(0, papers_max - papers.value.length - sending.value.length));
  /** Of those that were chosen lately, how many found no room. */
  const left_out = ref(0);

  function choose(files: readonly File[]): void {
    const taken = files.slice(0, room.value);
    left_out.value = files.length - taken.length;
    take(taken);
  }
  function drop(key: number): void {
    left_out.value = 0;
    forget(key);
  }
  function remove(paper: Paper): void {
    left_out.value = 0;
    papers.value = papers.value.filter((one) => one.sha256 !== paper.sha256);
  }
  /** Why the objection must not go yet: it would go without these. Whoever wants that takes them out. */
  const halt = computed<'coming' | 'failed' | null>(() => {
    if (sending.value.some((one) => one.complaint === '')) return 'coming';
    return sending.value.length > 0 ? 'failed' : null;
  });
  return { sending, room, left_out, halt, choose, send, drop, remove };
}
