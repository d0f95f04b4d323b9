import { computed, ref, watch, type Ref } from 'vue';
import { useRoute } from 'vue-router';
import { apiError, type ApiError } from '../../shared/api';
import { isMonth } from '../../shared/moments';
import { apiPath, type Place, type Seen } from './levels';
import { authorised } from '../session';

const months = ref<string[]>([]);

/** The months that have entries; asked once, the choice works without. */
async function readMonths(): Promise<void> {
  if (months.value.length > 0) return;
  const answer = await authorised<{ items: string[] }>('/v1/audit/months').catch(() => null);
  months.value = answer?.items ?? [];
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');
}

/** The place that the address names, and what `read` finds there, read again whenever the address changes. */
export function usePlace<T>(read: (place: Place) => Promise<Seen<T>>) {
  const route = useRoute();
  const place = computed<Place>(() => {
    const { month, keys, county, merchant, product, lot } = route.params;
    return {
      month: texts(month)[0] ?? '',
      keys: county === undefined ? texts(keys) : [county, merchant, product, lot].flatMap(texts),
      channel: typeof route.query.channel === 'string' ? route.query.channel : null,
    };
  });
  /** The address may name a month that there is not. */
  const is_month = computed(() => isMonth(place.value.month));
  const seen = ref(null) as Ref<Seen<T> | null>;
  const failure = ref<ApiError | null>(null);
  let question = 0;

  async function load(): Promise<void> {
    const mine = ++question;
    failure.value = null;
    try {
      const found = await read(place.value);
      if (mine === question) seen.value = found;
    } catch (thrown) {
      if (mine !== question) return;
      seen.value = null;
      failure.value = apiError(thrown);
    }
  }

  watch(
    () => (is_month.value ? apiPath(place.value) : ''),
    (path) => {
      seen.value = null;
      failure.value = null;
      if (path === '') return;
      void load();
      void readMonths();
    },
    { immediate: true },
  );
  return { place, is_month, seen, failure, load, months };
}
