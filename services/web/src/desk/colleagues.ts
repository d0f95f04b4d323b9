/** What the accounts are called that took a step: those who look at others' decisions may know, a house's people see offices alone. */

import { shallowRef } from 'vue';
import { authorised, hasRole } from './session';

const told_to = ['certifier', 'operator', 'auditor', 'admin'] as const;
const names = shallowRef<Record<number, string>>({});
const asked = new Set<number>();
let waiting: number[] = [];
const at_once_max = 50;

async function ask(): Promise<void> {
  const ids = waiting.splice(0, at_once_max);
  if (waiting.length > 0) void ask();
  try {
    const { items } = await authorised<{ items: { account_id: number; name: string }[] }>(`/v1/account-names?ids=${ids.join(',')}`);
    names.value = { ...names.value, ...Object.fromEntries(items.map((one) => [one.account_id, one.name])) };
  } catch {
    ids.forEach((id) => asked.delete(id)); // Asked again with the next page.
  }
}

/** The name of an account, once it is known; null until then, and for who is not told. All of one page are asked for at once. */
export function useColleagues(): (id: number) => string | null {
  return (id) => {
    if (!hasRole(...told_to)) return null;
    if (!asked.has(id)) {
      asked.add(id);
      if (waiting.push(id) === 1) queueMicrotask(() => void ask());
    }
    return names.value[id] ?? null;
  };
}

/** The same for what is said once and does not change with what becomes known. */
export async function colleagueNamed(id: number): Promise<string | null> {
  if (!hasRole(...told_to)) return null;
  if (names.value[id] === undefined) {
    asked.add(id);
    waiting.push(id);
    await ask();
  }
  return names.value[id] ?? null;
}
